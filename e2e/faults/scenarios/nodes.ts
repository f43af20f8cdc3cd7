import { quantile } from '../../bench/quantiles.ts'
import type { Scenario } from '../rig/stage.ts'

/** Acknowledged within this on another node, when one's own is gone. */
const ackWithinMs = 5_000

export const killedNode: Scenario = {
  id: 'F01',
  title: 'a node killed in the middle of a burst, and started again',
  async play(stage) {
    const { cluster, chance, recorder } = stage
    stage.load(15)
    await stage.pause(1_500)
    for (let round = 0; round < stage.rounds; round += 1) {
      const node = cluster.nodes[Math.floor(chance.fraction() * cluster.nodes.length)]
      await stage.fault('kill -9 of a node', async () => {
        await node?.kill()
        await stage.pause(3_000)
        await node?.start()
      })
      await stage.pause(1_000)
    }
    const p99 = quantile(recorder.ackMs(), 0.99)
    stage.must(
      p99 <= stage.within(ackWithinMs),
      `Acknowledgements took ${Math.round(p99)} ms (p99) instead of ${ackWithinMs}.`,
    )
  },
}

/** A balancer must have taken a frozen node out by then. */
const outWithinMs = 10_000

export const frozenNode: Scenario = {
  id: 'F05',
  title: 'a node frozen (SIGSTOP), and going on later as if nothing had been',
  async play(stage) {
    const { cluster, site } = stage
    stage.load(40)
    await stage.pause(1_500)
    for (let round = 0; round < stage.rounds; round += 1) {
      const node = cluster.nodes[1]
      await stage.fault('SIGSTOP of a node', async () => {
        node?.freeze()
        const from = performance.now()
        while (site.ready().includes(node?.port ?? 0) && performance.now() - from < stage.within(outWithinMs))
          await stage.pause(100)
        stage.must(
          !site.ready().includes(node?.port ?? 0),
          'The balancer still gives connections to a frozen node.',
        )
        await stage.pause(8_000)
        node?.thaw()
      })
      await stage.pause(2_000)
    }
  },
}
