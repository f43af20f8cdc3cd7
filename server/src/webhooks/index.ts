export { webhookCommands } from './commands.ts'
export { webhookCompanion } from './companion.ts'
export { sealedSecrets } from './secrets.ts'
export { createSender } from './sender.ts'
