import { readTone } from './read-tone.ts'
import type { ToneProvider } from './tone.ts'

/** Needs no network and no model; takes well under a millisecond. */
export const builtInTone: ToneProvider = { name: 'built-in', toneOf: async (text) => readTone(text) }
