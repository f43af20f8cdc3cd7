export { inboxCommands } from './commands.ts'
export { rowFor } from './row.ts'
export { contactForMail } from './store.ts'
export { viewContact } from './view-contact.ts'
