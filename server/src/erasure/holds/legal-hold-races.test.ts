import { keptByDefault } from '@parley/shared/protocol/retention.ts'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { buyers } from '../../demo/cast.ts'
import { hasRedis, requestId } from '../../testing/across-nodes.ts'
import { type Cluster, startCluster } from '../../testing/cluster.ts'
import { switchRooms } from '../../testing/given-kinds.ts'
import type { BuyerName, Person } from '../../testing/marlow.ts'
import { waitFor } from '../../testing/wait-for.ts'

const patiently = 30_000

// One node takes, the other holds; the test stands in the way of whoever is to be second.
describe.skipIf(!hasRedis)('a legal hold that is placed on one node while another takes', () => {
  let cluster: Cluster
  let ines: Person
  let inesElsewhere: Person
  beforeAll(async () => {
    cluster = await startCluster({ RATE_LIMIT_FACTOR: '1000' })
    ;[ines, inesElsewhere] = await Promise.all([cluster.a.member('ines'), cluster.b.member('ines')])
    // The demo brings a past of its own, which is not what is weighed here.
    await sql().query(`update conversations set closed_at = now() where status = 'closed'`)
  })
  afterAll(() => cluster?.close())

  const sql = () => cluster.a.world.parts.database
  const hold = (contactId: string) =>
    inesElsewhere.connection.ask('holdPerson', { requestId: requestId(), contactId, reason: 'A court asked' })
  const erase = (contactId: string) =>
    ines.connection.ask('erasePerson', { requestId: requestId(), contactId, reason: 'They asked' })
  const waiting = async () => {
    const [row] = await sql().query<{ n: number }>(
      `select count(*)::int as n from pg_stat_activity where datname = current_database() and wait_event_type = 'Lock'`,
    )
    return row?.n ?? 0
  }
  const wait = (count: number) => waitFor(async () => (await waiting()) === count, 5_000)
  /** Keeps a row for as long as the work takes. */
  const holdingBack = (row: string, id: string, work: () => Promise<void>) =>
    sql().transaction(async (own) => {
      expect(await own.query(`select 1 from ${row} = $1 for update`, [id])).toHaveLength(1)
      await work()
    })

  async function closedBy(name: BuyerName, text: string) {
    const buyer = await cluster.a.buyer(name)
    const { conversationId } = await buyer.ask('startConversation', {
      requestId: requestId(),
      with: { kind: 'support' },
      answers: { topic: 'payment', description: text },
    })
    await buyer.ask('closeConversation', { requestId: requestId(), conversationId })
    await sql().query(
      `update conversations set closed_at = now() - interval '40 days' where conversation_id = $1`,
      [conversationId],
    )
    return { contactId: buyer.connection.readerId ?? '', conversationId }
  }
  const textOf = async (conversationId: string) =>
    JSON.stringify((await ines.ask('readConversation', { conversationId })).events)
  async function turn(): Promise<void> {
    await ines.ask('saveRetention', {
      requestId: requestId(),
      retention: { ...keptByDefault, conversationDays: 30 },
    })
    await sql().query(`update timers set due_at = now() - interval '1 minute' where kind = 'retention'`)
  }
  const hasRun = async () =>
    (
      await sql().query(
        `select 1 from timers where kind = 'retention' and due_at > now() + interval '30 minutes'`,
      )
    ).length === 1

  it('[E4] is weighed when a conversation is taken, not when it was found to be over', async () => {
    const { contactId, conversationId } = await closedBy('marta', 'canary-kept')
    await holdingBack('conversations where conversation_id', conversationId, async () => {
      await turn()
      await wait(1)
      expect(await hold(contactId)).toMatchObject({ ok: true })
    })
    await waitFor(hasRun, patiently)
    expect(await textOf(conversationId)).toContain('canary-kept')
  })

  it('waits for the conversation that is being taken, and keeps what is left', async () => {
    const { contactId, conversationId } = await closedBy('omar', 'canary-gone')
    let placed: ReturnType<typeof hold> | undefined
    // Its words are rewritten, and what stands beside them is about to go.
    await sql().transaction(async (own) => {
      await own.query('lock table mails in exclusive mode')
      await turn()
      await wait(1)
      placed = hold(contactId)
      await wait(2)
    })
    expect(await placed).toMatchObject({ ok: true })
    expect(await textOf(conversationId)).not.toContain('canary-gone')
    await waitFor(hasRun, patiently)
  })

  it('[E4] is refused where an erasure was decided first', async () => {
    const { contactId } = await closedBy('oluwaseun', 'whatever')
    const outcomes: ReturnType<typeof erase | typeof hold>[] = []
    await holdingBack('contacts where contact_id', contactId, async () => {
      outcomes.push(erase(contactId))
      await wait(1)
      outcomes.push(hold(contactId))
      await wait(2)
    })
    expect(await Promise.all(outcomes)).toEqual([
      { ok: true, value: { conversations: 1 } },
      { ok: false, refusal: { code: 'conflict', reason: 'person.erased' } },
    ])
  })

  it('[E4] refuses the erasure that comes after it', async () => {
    const { contactId, conversationId } = await closedBy('oluwaseun', 'canary-held')
    const outcomes: ReturnType<typeof erase | typeof hold>[] = []
    await holdingBack('contacts where contact_id', contactId, async () => {
      outcomes.push(hold(contactId))
      await wait(1)
      outcomes.push(erase(contactId))
      await wait(2)
    })
    expect(await Promise.all(outcomes)).toMatchObject([
      { ok: true, value: { contactId } },
      { ok: false, refusal: { code: 'conflict', reason: 'person.held' } },
    ])
    expect(await textOf(conversationId)).toContain('canary-held')
  })

  it('waits until a room has gone that an erasure of somebody else takes', async () => {
    await switchRooms(ines, { vendors: true, buyers: true })
    const [omar, marta] = await Promise.all([cluster.a.buyer('omar'), cluster.a.buyer('marta')])
    for (const { connection } of [omar, marta])
      await inesElsewhere.connection.ask('releasePerson', {
        requestId: requestId(),
        contactId: connection.readerId ?? '',
        reason: 'It is decided',
      })
    const { conversationId } = await ines.ask('openBuyerRoom', {
      requestId: requestId(),
      name: 'Weavers of Lisbon',
      members: [buyers.omar, buyers.marta].map(({ sub }, index) => ({ sub, name: `Weaver ${index}` })),
    })
    const martasId = marta.connection.readerId ?? ''
    await holdingBack('conversations where conversation_id', conversationId, async () => {
      expect(await erase(omar.connection.readerId ?? '')).toMatchObject({ ok: true })
      expect(await hold(martasId)).toEqual({
        ok: false,
        refusal: { code: 'conflict', reason: 'person.roomGoes' },
      })
    })
    await waitFor(async () => (await textOf(conversationId)).includes('conversationErased'), patiently)
    expect(await hold(martasId)).toMatchObject({ ok: true })
  })
})
