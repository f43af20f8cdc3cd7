export { builtInTone } from './built-in.ts'
export {
  type Dissatisfaction,
  dissatisfactionAt,
  evolveDissatisfaction,
  type Said,
} from './dissatisfaction.ts'
export { readTone } from './read-tone.ts'
export { type Tone, type ToneLevel, type ToneProvider, type ToneReason, toneLevels } from './tone.ts'
