import { quantile } from '../../bench/quantiles.ts'
import { nodeWithFailPoints } from '../rig/fail-points.ts'
import type { Scenario } from '../rig/stage.ts'

const ackWithinMs = 3_000

/** How often the new version is started when the change of the schema did not get its lock in time. */
const mostStarts = 3

export const rollingDeploy: Scenario = {
  id: 'F04',
  title: 'all nodes replaced one by one by a version with another schema, under load',
  async play(stage) {
    const { cluster, crew, recorder } = stage
    const before = new Map(crew.everybody().map((person) => [person, person.connects]))
    stage.load(30, { cuts: false })
    await stage.pause(1_500)
    for (const [at, node] of cluster.nodes.entries()) {
      await stage.fault(`node ${at + 1} replaced`, async () => {
        const code = await node.stop()
        stage.must(code === 0, `Node ${at + 1} ended with ${code} instead of in order.`)
        for (let starts = 1; !node.isRunning; starts += 1)
          await node
            .start({ program: nodeWithFailPoints, env: { FAULT_NEXT_VERSION: '1' } })
            .catch((error: unknown) => {
              if (starts === mostStarts) throw error
            })
      })
      await stage.pause(1_500)
    }
    const [added] = await stage.store.query(
      `select 1 from information_schema.columns where column_name = 'added_by_the_next_version'`,
    )
    stage.must(added !== undefined, 'The new version did not change the schema.')
    const failed = recorder.history.sent.filter(({ result }) => result === 'failed')
    stage.must(failed.length === 0, `${failed.length} messages were refused for good.`, failed[0])
    const reconnects = crew.everybody().map((person) => person.connects - (before.get(person) ?? 0))
    stage.must(
      Math.max(...reconnects) <= cluster.nodes.length,
      `Somebody connected ${Math.max(...reconnects)} times anew.`,
    )
    const p99 = quantile(recorder.ackMs(), 0.99)
    stage.must(p99 < stage.within(ackWithinMs), `Acknowledgements took ${Math.round(p99)} ms (p99).`)
  },
}
