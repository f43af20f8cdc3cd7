export { retentionCommands } from './commands.ts'
export { planRetention, registerRetention } from './keep-to-it.ts'
