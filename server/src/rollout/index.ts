export { rolloutCommands } from './commands.ts'
export type { Subject } from './decide.ts'
export { isOn } from './is-on.ts'
