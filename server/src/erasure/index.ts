export { erasureCommands } from './commands.ts'
export { erasureCompanion } from './companion.ts'
export { registerErasure } from './erase-person.ts'
