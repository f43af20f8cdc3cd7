export { vendorCommands } from './commands.ts'
