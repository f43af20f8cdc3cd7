export { webhookCommands } from './commands.ts'
export { webhookCompanion } from './companion.ts'
export { createSender } from './sender.ts'
