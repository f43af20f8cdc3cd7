import { openReceiver, type WebhookReceiver } from '@parley/server/src/testing/webhook-receiver.ts'
import { newRequestId } from '@parley/shared/client/request-id.ts'
import { quantile } from '../../bench/quantiles.ts'
import type { Scenario, Stage } from '../rig/stage.ts'
import { until } from '../rig/until.ts'

const queued = 10_000
const drainWithinMs = 180_000
const ackWithinMs = 1_000
/** A webhook made on another node begins to gather within three seconds. */
const gatherMs = 4_000
const warmMs = 8_000

type Mood = WebhookReceiver['answers']

/** Each of these is a failure, and none may slow a chat down. */
const moods: readonly [string, Mood][] = [
  ['500', (response) => response.writeHead(500).end()],
  ['a redirect', (response) => response.writeHead(302, { location: 'http://127.0.0.1:1/elsewhere' }).end()],
  ['taken, and cut before it said so', (response) => response.destroy()],
  ['no answer for 30 s', () => {}],
]

/** As if a wait were over, whatever its length; what a node holds at this moment stays its own. */
const dueNow = ({ store }: Stage) =>
  store.query(`update webhook_deliveries set due_at = now() - interval '1 second' where state = 'waiting'`)

export const webhookDown: Scenario = {
  id: 'F35',
  title: 'a webhook’s receiver down, slow, failing and cutting, with 10,000 events queued',
  talks: 20,
  async play(stage) {
    const { crew, store, recorder, cluster } = stage
    const { ines } = crew.members
    const types = ['messageSent'] as const
    let receiver = await openReceiver()
    const port = Number(new URL(receiver.url).port)
    const told: WebhookReceiver['received'] = [...receiver.received]
    const close = async () => {
      await receiver.close()
      told.push(...receiver.received)
    }
    const { webhook } = await ines.ask('createWebhook', {
      requestId: newRequestId(),
      url: receiver.url,
      label: 'Shop',
      eventTypes: [...types],
    })
    const { webhookId } = webhook
    await stage.pause(gatherMs)
    const fromSeq = Object.fromEntries([...(await store.heads())].map(([id, { staff }]) => [id, staff]))
    const waiting = async () => {
      const [row] = await store.query<{ n: number }>(
        `select count(*)::int as n from webhook_deliveries where webhook_id = $1 and state = 'waiting'`,
        [webhookId],
      )
      return row?.n ?? 0
    }
    const flood = { from: 0, until: 0 }
    try {
      stage.load(10, { cuts: false })
      // The first seconds after a start are not what is asked about.
      await stage.pause(warmMs)
      const from = recorder.now()
      for (const [what, mood] of moods)
        await stage.fault(`the receiver answers with ${what}`, async () => {
          receiver.answers = mood
          await stage.pause(3_000)
        })
      await stage.fault('the receiver is down', async () => {
        await close()
        flood.from = recorder.now()
        await sendMany(stage, queued)
        flood.until = recorder.now()
        const held = await waiting()
        stage.must(held >= queued, `Only ${held} deliveries wait.`)
        for (let tries = 0; tries < 3; tries += 1) {
          await dueNow(stage)
          await stage.pause(2_000)
        }
        await backsOff(stage, webhookId)
      })
      // As many at once as anybody can send are slow by themselves.
      const beside = recorder.ackMs(
        ({ submittedAt, endedAt }) =>
          submittedAt > flood.until || (submittedAt > from && (endedAt ?? 0) < flood.from),
      )
      const p99 = quantile(beside, 0.99)
      stage.must(p99 < stage.within(ackWithinMs), `Acknowledgements took ${Math.round(p99)} ms (p99).`)
      await stage.fault('a few parked, a node killed while it delivers', async () => {
        await parkSome(stage, webhookId)
        receiver = await openReceiver(port)
        await dueNow(stage)
        await until(() => receiver.received.length > queued / 10, stage.within(30_000))
        await cluster.nodes[2]?.kill()
        await cluster.nodes[2]?.start()
        const now = new Date()
        const hourAgo = new Date(now.getTime() - 3_600_000).toISOString()
        await ines.ask('replayDeliveries', {
          requestId: newRequestId(),
          webhookId,
          from: hourAgo,
          to: now.toISOString(),
          only: 'parked',
        })
        const isDrained = async () => {
          if ((await waiting()) === 0) return true
          await dueNow(stage)
          await stage.pause(1_000)
          return false
        }
        const took = await until(isDrained, stage.within(drainWithinMs))
        stage.must(
          took !== undefined,
          `${await waiting()} deliveries were still waiting after three minutes.`,
        )
      })
      await stage.stopLoads()
      const isTaken = () =>
        crew
          .everybody()
          .every((person) => person.followed().every((id) => person.feed(id).get().pending.length === 0))
      await until(isTaken, stage.within(10_000))
      await until(async () => (await waiting()) === 0, stage.within(10_000))
      const [rows] = await store.query<{ n: number; events: number }>(
        `select count(*)::int as n, count(distinct (conversation_id, seq))::int as events
         from webhook_deliveries where webhook_id = $1`,
        [webhookId],
      )
      stage.must(rows?.n === rows?.events, 'There are more rows of deliveries than events.', rows)
    } finally {
      await close()
      await ines.ask('removeWebhook', { requestId: newRequestId(), webhookId })
    }
    recorder.history.hooks = {
      types,
      fromSeq,
      received: told.map(({ id, body: { type, timestamp, data } }) => ({
        id,
        type,
        conversationId: data.conversationId ?? '',
        position: data.position ?? 0,
        at: Date.parse(timestamp),
      })),
    }
  },
}

/** Everybody writes as fast as they are answered, beside what they say anyway. */
async function sendMany({ crew, recorder }: Stage, count: number): Promise<void> {
  let left = count
  await Promise.all(
    crew.talks.flatMap(({ conversationId, customer, answers }) =>
      [customer, answers].map(async (person) => {
        while (left > 0) {
          left -= 1
          const wish = { requestId: newRequestId(), conversationId, text: `queued ${left}` }
          recorder.submit({ ...wish, client: person.name, kind: 'message', isAtOnce: true })
          await person.ask('sendMessage', wish)
        }
      }),
    ),
  )
}

/** The later a try, the longer the wait after it, and nobody waits exactly as long as the others. */
async function backsOff({ store, must }: Stage, webhookId: string): Promise<void> {
  const waits = await store.query<{ round: number; least: number; most: number; n: number }>(
    `select round, min(w)::float8 as least, max(w)::float8 as most, count(*)::int as n from (
       select round, extract(epoch from due_at - (tries->0->>'at')::timestamptz) as w
       from webhook_deliveries where webhook_id = $1 and state = 'waiting' and round > 0
         and due_at > now()) t
     group by round order by round`,
    [webhookId],
  )
  const many = waits.filter(({ n }) => n >= 5)
  must(many.length > 0, 'No delivery was tried while the receiver was down.', waits)
  must(
    many.every(({ least, most }) => most > least),
    'Deliveries that failed together come back together.',
    many,
  )
  must(
    many.every(({ least }, at) => at === 0 || least > (many[at - 1]?.most ?? 0)),
    'A later try does not wait longer than an earlier one.',
    many,
  )
}

/** After its last round a delivery is parked, where an admin sees it. */
async function parkSome(stage: Stage, webhookId: string): Promise<void> {
  const { store, crew } = stage
  await store.query(
    `update webhook_deliveries set round = 14, due_at = now() - interval '1 hour' where delivery_id in (
       select delivery_id from webhook_deliveries where webhook_id = $1 and state = 'waiting'
         and (locked_until is null or locked_until < now()) limit 5)`,
    [webhookId],
  )
  const isParked = async () => {
    const { deliveries } = await crew.members.ines.ask('listDeliveries', { webhookId, state: 'parked' })
    return deliveries.length >= 5
  }
  stage.must(
    (await until(isParked, stage.within(15_000))) !== undefined,
    'What was tried for the last time is not shown as parked.',
  )
}
