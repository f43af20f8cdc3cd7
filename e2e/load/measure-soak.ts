import { type Figure, figure, tell } from '../bench/figures.ts'
import { openConversations } from '../bench/marketplace.ts'
import { startInstallation } from './installation.ts'
import type { Size } from './size.ts'
import { withClients } from './spread.ts'

const goal = 1
const ratePerSecond = 100
const roundSeconds = 20
/** What is loaded and compiled at first is not growth. */
const warmShare = 0.3
/** Fewer show how the garbage of the moment lies, not where memory goes. */
const leastSamples = 15
const hourMs = 3_600_000

/** Memory of a node under an even load: the slope of a line through it, once it is warm. */
export async function measureSoak({ seed, soakMinutes, conversations }: Size): Promise<Figure[]> {
  const own = await startInstallation(1, (marketplace) => openConversations(marketplace, conversations))
  try {
    const samples: { at: number; bytes: number }[] = []
    const from = performance.now()
    const lastsMs = soakMinutes * 60_000
    await withClients(own.prepared.party(own.urls[0] ?? ''), async (driver) => {
      while (performance.now() - from < lastsMs) {
        const left = (lastsMs - (performance.now() - from)) / 1_000
        await driver.send({ seconds: Math.max(1, Math.min(roundSeconds, left)), seed, ratePerSecond })
        samples.push({ at: performance.now() - from, bytes: own.residentBytes() })
        tell(
          `soak: ${Math.round((performance.now() - from) / 1_000)} of ${lastsMs / 1_000} s, ${Math.round((samples.at(-1)?.bytes ?? 0) / 2 ** 20)} MB`,
        )
      }
    })
    const warm = samples.filter(({ at }) => at >= lastsMs * warmShare)
    return [
      figure('soak.rssSlopeMbPerHour', slopeOf(warm) / 2 ** 20, { unit: 'MB/h', better: 'lower', goal }),
    ]
  } finally {
    await own.stop()
  }
}

/** Bytes in an hour, by least squares. */
function slopeOf(samples: readonly { at: number; bytes: number }[]): number {
  if (samples.length < leastSamples)
    throw new Error('The soak was too short to see a slope: give it more minutes.')
  const mean = (of: (sample: { at: number; bytes: number }) => number) =>
    samples.reduce((sum, sample) => sum + of(sample), 0) / samples.length
  const [at, bytes] = [mean((sample) => sample.at), mean((sample) => sample.bytes)]
  const along = samples.reduce((sum, sample) => sum + (sample.at - at) ** 2, 0)
  return (
    (samples.reduce((sum, sample) => sum + (sample.at - at) * (sample.bytes - bytes), 0) / along) * hourMs
  )
}
