export { isOnIn, onAmong, onUnder } from './among.ts'
export { type RolloutCompanion, rolloutCommands } from './commands.ts'
export type { Subject } from './decide.ts'
export { forgetRollouts, isOn, isOnForAnybody, onRolloutsDropped, readSwitch } from './is-on.ts'
