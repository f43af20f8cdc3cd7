export { erasureCommands } from './commands.ts'
export { erasureCompanion, sweep } from './companion.ts'
export { eraseConversation, registerErasure } from './erase-person.ts'
export { blankPeople, takeFiles } from './store.ts'
