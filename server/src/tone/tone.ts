import { type ToneLevel, type ToneReason, toneLevels } from '@parley/shared/protocol/tone.ts'

export { type ToneLevel, type ToneReason, toneLevels }

/** How a message sounds, and what says so: `anger`, `capitals`, never words of the message. */
export interface Tone {
  level: ToneLevel
  /** From 0 (calm) to 1, for sorting; the level is what is shown. */
  strength: number
  reasons: readonly ToneReason[]
}

/** A site may plug in a model of its own; it may be away, so whoever asks has a limit of time and the built-in one. */
export interface ToneProvider {
  name: string
  toneOf(text: string): Promise<Tone>
}
