export const toneLevels = ['calm', 'tense', 'upset'] as const
export type ToneLevel = (typeof toneLevels)[number]

/** How a message sounds, and what says so: `anger`, `capitals`, never words of the message. */
export interface Tone {
  level: ToneLevel
  /** From 0 (calm) to 1, for sorting; the level is what is shown. */
  strength: number
  reasons: readonly ToneReason[]
}

export type ToneReason =
  | 'anger'
  | 'accusation'
  | 'threat'
  | 'disappointment'
  | 'impatience'
  | 'repeating'
  | 'capitals'
  | 'marks'
  | 'emoji'
  | 'thanks'
  | 'model'

/** A site may plug in a model of its own; it may be away, so whoever asks has a limit of time and the built-in one. */
export interface ToneProvider {
  name: string
  toneOf(text: string): Promise<Tone>
}
