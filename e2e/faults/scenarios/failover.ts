import { probe, refusesSoon } from '../rig/probe.ts'
import type { Scenario } from '../rig/stage.ts'
import { startStandby } from '../rig/standby.ts'
import { until } from '../rig/until.ts'

const backWithinMs = 30_000

export const failover: Scenario = {
  id: 'F10',
  title: 'PostgreSQL killed under load, its synchronous standby promoted in its place',
  async play(stage) {
    const { cluster, crew } = stage
    const [talk] = crew.talks
    if (!talk) throw new Error('There is no conversation for a probe.')
    const { customer, conversationId } = talk
    const standby = await startStandby(cluster.postgres.url)
    stage.atEnd(() => standby.stop())
    stage.load(40, { cuts: false })
    await stage.pause(2_000)
    await stage.fault('the database lost, and found elsewhere', async () => {
      await cluster.postgres.kill()
      await refusesSoon(stage, customer, conversationId, 'while there was no database')
      // As a name that is changed before the new one may be written to.
      stage.moveDatabase(standby.port)
      await refusesSoon(stage, customer, conversationId, 'while the standby was only to be read')
      await standby.promote()
      const isBack = async () => (await probe(customer, conversationId)).isOk
      const took = await until(isBack, stage.within(backWithinMs))
      stage.must(took !== undefined, `No message was acknowledged within ${backWithinMs / 1_000} s.`)
    })
    await stage.pause(2_000)
  },
}
