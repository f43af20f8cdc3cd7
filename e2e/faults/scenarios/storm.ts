import { marlow } from '@parley/server/src/demo/cast.ts'
import { protocolVersion } from '@parley/shared/protocol/version.ts'
import { quantile } from '../../bench/quantiles.ts'
import { startCrowd } from '../../load/measure-storm.ts'
import type { Scenario } from '../rig/stage.ts'

const visitors = 600
const backWithinMs = 90_000
const handshakeWithinMs = 10_000
const addresses = Array.from({ length: 10 }, (_, at) => `127.0.0.${31 + at}`)

/** Small, so that it can be judged like every other; `npm run load` measures thousands, and what each costs the database. */
export const reconnectStorm: Scenario = {
  id: 'F21',
  title: 'a node lost with everybody on it: 600 visitors come back while others chat',
  async play(stage) {
    const { cluster, site } = stage
    stage.load(10, { cuts: false })
    const crowd = await startCrowd()
    try {
      const auth = { kind: 'visitor', protocol: protocolVersion, siteKey: marlow.siteKey }
      await crowd.ask({ ask: 'arrive', url: site.origin, auth, count: visitors, from: addresses })
      await stage.fault('a node lost with everybody on it', async () => {
        await cluster.nodes[1]?.kill()
        const told = await crowd.ask({ ask: 'back', withinMs: stage.within(backWithinMs) })
        if (told.answer !== 'back') throw new Error('The crowd did not answer.')
        const { lost, back, errors, handshakeMs } = told
        stage.must(lost > visitors / 10, `Only ${lost} of ${visitors} were cut.`)
        stage.must(back === visitors && errors === 0, `${back} of ${visitors} came back.`, {
          lost,
          back,
          errors,
        })
        stage.must(handshakeMs.length >= lost, 'Somebody came back without a welcome.', { lost })
        const p99 = quantile(handshakeMs, 0.99)
        stage.must(p99 < stage.within(handshakeWithinMs), `Handshakes took ${Math.round(p99)} ms (p99).`)
        await cluster.nodes[1]?.start()
      })
    } finally {
      await crowd.stop()
    }
  },
}
