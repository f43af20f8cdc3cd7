import { type Figure, figure, tell } from '../bench/figures.ts'
import { openConversations } from '../bench/marketplace.ts'
import { type Collected, openCollector } from './collected.ts'
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

/** What a node keeps under an even load: the slope of a line through it, once it is warm. */
export async function measureSoak({ seed, soakMinutes, conversations }: Size): Promise<Figure[]> {
  const collector = await openCollector()
  const own = await startInstallation(1, (marketplace) => openConversations(marketplace, conversations), {
    env: collector.env,
  })
  try {
    const samples: (Collected & { at: number })[] = []
    const from = performance.now()
    const lastsMs = soakMinutes * 60_000
    await withClients(own.prepared.party(own.urls[0] ?? ''), async (driver) => {
      while (performance.now() - from < lastsMs) {
        const left = (lastsMs - (performance.now() - from)) / 1_000
        const seconds = Math.max(1, Math.min(roundSeconds, left))
        // Somebody else on the machine may hold it up for a moment.
        const { lost } = await driver.send({ seconds, seed, ratePerSecond, mayRefuse: true })
        if (lost > 0) throw new Error(`${lost} messages were lost.`)
        const kept = await collector.collect(own.nodes[0]?.pid ?? 0)
        const at = performance.now() - from
        samples.push({ ...kept, at })
        tell(
          `soak: ${Math.round(at / 1_000)} of ${lastsMs / 1_000} s, ${megabytes(kept.heapBytes).toFixed(1)} MB kept, ${megabytes(kept.residentBytes).toFixed(0)} MB resident`,
        )
      }
    })
    const warm = samples.filter(({ at }) => at >= lastsMs * warmShare)
    const slope = (of: (sample: Collected) => number) =>
      megabytes(slopeOf(warm.map((sample) => ({ at: sample.at, bytes: of(sample) }))))
    return [
      figure(
        'soak.heapSlopeMbPerHour',
        slope(({ heapBytes }) => heapBytes),
        { unit: 'MB/h', better: 'lower', goal },
      ),
      figure(
        'soak.rssSlopeMbPerHour',
        slope(({ residentBytes }) => residentBytes),
        { unit: 'MB/h', better: 'lower', goal },
      ),
    ]
  } finally {
    await own.stop()
    await collector.remove()
  }
}

const megabytes = (bytes: number) => bytes / 2 ** 20

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
