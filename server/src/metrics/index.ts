export { countCommands } from './count-commands.ts'
export { createFigures, type Figures, type Sources } from './figures.ts'
