import { readTone } from './read-tone.ts'
import { type Tone, type ToneProvider, toneLevels } from './tone.ts'

/** Nobody waits for a tone, but the messages after it do. */
const patienceMs = 2_000

export interface JudgedTone {
  tone: Tone
  judgedBy: string
}

/** A model that is away, slow or answers nonsense costs its judgement and never the message its tone. */
export async function toneWithin(provider: ToneProvider, text: string): Promise<JudgedTone> {
  let timer: ReturnType<typeof setTimeout> | undefined
  const late = new Promise<undefined>((resolve) => {
    timer = setTimeout(() => resolve(undefined), patienceMs)
  })
  try {
    const tone = await Promise.race([provider.toneOf(text), late])
    if (tone !== undefined && isTone(tone)) return { tone, judgedBy: provider.name }
  } catch {
    // The built-in one answers instead.
  } finally {
    clearTimeout(timer)
  }
  return { tone: readTone(text), judgedBy: 'built-in' }
}

function isTone({ level, strength, reasons }: Tone): boolean {
  return toneLevels.includes(level) && strength >= 0 && strength <= 1 && Array.isArray(reasons)
}
