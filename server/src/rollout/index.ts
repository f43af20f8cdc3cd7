export { rolloutCommands } from './commands.ts'
export type { Subject } from './decide.ts'
export { isOn, readSwitch } from './is-on.ts'
