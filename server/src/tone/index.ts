export { builtInTone } from './built-in.ts'
export {
  type Dissatisfaction,
  dissatisfactionAt,
  evolveDissatisfaction,
  type Said,
} from './dissatisfaction.ts'
export { followTone } from './follow.ts'
export { readTone } from './read-tone.ts'
export { toneCompanion } from './switched-on.ts'
export { type Tone, type ToneLevel, type ToneProvider, type ToneReason, toneLevels } from './tone.ts'
export { dissatisfactionNow, meanTonesNow, toneReads } from './tone-of-conversation.ts'
