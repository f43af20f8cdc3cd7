import type { InboxRow } from '@parley/shared/protocol/reading.ts'
import { keptByDefault } from '@parley/shared/protocol/retention.ts'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { marlow } from '../demo/cast.ts'
import { hasRedis, hints, requestId } from '../testing/across-nodes.ts'
import { type Cluster, startCluster } from '../testing/cluster.ts'
import type { Marlow, Person } from '../testing/marlow.ts'
import { waitFor } from '../testing/wait-for.ts'

const patiently = 30_000

describe.skipIf(!hasRedis)('a person’s data on two nodes', () => {
  let cluster: Cluster
  let a: Marlow
  let b: Marlow
  let ines: Person
  let priya: Person
  let marta: Person & { visitorToken: string }
  beforeAll(async () => {
    cluster = await startCluster({ RATE_LIMIT_FACTOR: '1000' })
    ;({ a, b } = cluster)
    ;[ines, priya, marta] = await Promise.all([a.member('ines'), b.member('priya'), b.buyer('marta')])
    // Every time a node takes a job to run it, by what it was due.
    await sql().query('create table claims (kind text, key text, due_at timestamptz)')
    await sql().query(`create function note_claim() returns trigger language plpgsql as $$ begin
      insert into claims values (old.kind, old.key, old.due_at); return new; end $$`)
    await sql().query(`create trigger note_claim after update on timers for each row
      when (new.tries > old.tries) execute function note_claim()`)
  })
  afterAll(() => cluster?.close())

  const sql = () => a.world.parts.database
  const claims = (kind: string, key: string) =>
    sql().query<{ due_at: Date }>('select due_at from claims where kind = $1 and key = $2', [kind, key])
  /** Both nodes look for jobs at the same moment, again and again: nothing due is left for later. */
  async function bothLook(): Promise<void> {
    for (let times = 1; times <= 5; times += 1)
      await Promise.all([a, b].map(({ world }) => world.parts.timers.runDue()))
  }
  const asks = async (description: string) =>
    (
      await marta.ask('startConversation', {
        requestId: requestId(),
        with: { kind: 'support' },
        answers: { topic: 'payment', description },
      })
    ).conversationId
  const endings = async (conversationId: string) =>
    (
      await sql().query(`select 1 from events where conversation_id = $1 and type = 'conversationErased'`, [
        conversationId,
      ])
    ).length

  it('is shown whole twenty times a day to one who asks, whichever node is asked', async () => {
    const conversationId = await asks('Which address do you have of me?')
    const onBoth = [await a.member('priya'), priya]
    const looks = await Promise.allSettled(
      Array.from({ length: 24 }, (_, look) =>
        onBoth[look % 2]?.ask('revealContact', {
          requestId: requestId(),
          conversationId,
          field: 'email',
          reason: 'To write to her',
        }),
      ),
    )
    expect(looks.filter(({ status }) => status === 'fulfilled')).toHaveLength(20)
    for (const look of looks)
      if (look.status === 'rejected') expect(String(look.reason)).toContain('contact.quota')
    const lines = await sql().query<{ result: string }>(
      `select result from audit where action = 'contact.revealed' and actor_id = 'mem_priya'`,
    )
    expect(lines.map(({ result }) => result).sort()).toEqual([
      ...Array.from({ length: 20 }, () => 'done'),
      ...Array.from({ length: 4 }, () => 'refused'),
    ])
  })

  it('goes by retention once, whichever node has the turn, and from the screens of both', async () => {
    const old = await Promise.all(['canary-old-1', 'canary-old-2', 'canary-old-3'].map(asks))
    for (const conversationId of old)
      await marta.ask('closeConversation', { requestId: requestId(), conversationId })
    await sql().query(
      `update conversations set closed_at = now() - interval '40 days' where conversation_id = any($1::text[])`,
      [old],
    )
    const feeds = old.flatMap((conversationId) => [ines.open(conversationId), priya.open(conversationId)])
    await waitFor(() => feeds.every((feed) => feed.get().isComplete), patiently)
    await ines.ask('saveRetention', {
      requestId: requestId(),
      retention: { ...keptByDefault, conversationDays: 30 },
    })
    const dueAt = new Date('2026-01-01T00:00:00Z')
    await sql().query(`update timers set due_at = $1 where kind = 'retention'`, [dueAt])
    await bothLook()
    const isErased = (feed: (typeof feeds)[number]) => feed.get().events.at(-1)?.type === 'conversationErased'
    await waitFor(() => feeds.every(isErased), patiently)
    expect(JSON.stringify(feeds.map((feed) => feed.get()))).not.toContain('canary')
    expect(await Promise.all(old.map(endings))).toEqual([1, 1, 1])
    const taken = (await claims('retention', 'all')).filter(
      ({ due_at }) => due_at.getTime() === dueAt.getTime(),
    )
    expect(taken).toHaveLength(1)
  })

  it('goes when it is asked for on one: the job runs once, and what the other shows, lists and serves is empty', async () => {
    const conversationId = await asks('canary-description')
    const write = () => ({ requestId: requestId(), conversationId })
    await priya.ask('takeConversation', write())
    const headers = { authorization: `Bearer ${marta.visitorToken}`, 'parley-site': marlow.siteKey }
    const form = new FormData()
    form.append('conversationId', conversationId)
    form.append('file', new Blob(['canary-bytes'], { type: 'text/plain' }), 'canary-file.txt')
    const uploaded = await fetch(`${b.url}/api/v1/uploads`, { method: 'POST', body: form, headers })
    const { fileId } = (await uploaded.json()) as { fileId: string }
    await marta.ask('sendMessage', { ...write(), text: 'canary-words', fileIds: [fileId] })
    const priyasCookie = await b.cookie('priya')
    const download = async (who: Record<string, string>) =>
      (await fetch(`${b.url}/api/v1/files/${fileId}`, { headers: who })).status
    expect(await download({ cookie: priyasCookie })).toBe(200)
    const feeds = [priya.open(conversationId), marta.open(conversationId)]
    await waitFor(() => feeds.every((feed) => feed.get().isComplete), patiently)
    const search = () => priya.ask('listInbox', { view: 'all', search: 'canary-words' })
    expect((await search()).rows).toHaveLength(1)
    const { customer } = await priya.ask('viewContact', { conversationId })
    const { contactId } = customer
    expect(customer.name).toContain('Marta')

    await ines.ask('erasePerson', { requestId: requestId(), contactId, reason: 'They asked' })
    await bothLook()
    await waitFor(
      () => feeds.every((feed) => feed.get().events.some(({ type }) => type === 'conversationErased')),
      patiently,
    )
    for (const feed of feeds) expect(JSON.stringify(feed.get())).not.toMatch(/canary|Marta/)
    // Her open page on the other node is signed in again as somebody new, who has nothing.
    await waitFor(async () => {
      const listed = await marta.connection.ask('listConversations', {})
      return listed.ok && listed.value.rows.length === 0
    }, patiently)
    expect(await marta.refusal('readConversation', { conversationId })).toEqual({ code: 'notFound' })
    expect(await download(headers)).toBe(401)
    expect(await download({ cookie: priyasCookie })).toBe(404)
    expect((await search()).rows).toEqual([])
    const answers = await Promise.all([
      priya.ask('readConversation', { conversationId }),
      priya.ask('viewContact', { conversationId }),
      priya.ask('listInbox', { view: 'closed' }),
    ])
    expect(JSON.stringify(answers)).not.toContain('canary')
    expect(answers[1].customer.name).not.toContain('Marta')
    // A row of before may come after: lists keep the newest.
    await waitFor(() => {
      const rows = (hints(priya, 'inbox') as InboxRow[]).filter(
        (row) => row.conversationId === conversationId,
      )
      const newest = rows.sort((x, y) => x.updatedAt.localeCompare(y.updatedAt)).at(-1)
      return newest !== undefined && !/canary|Marta/.test(JSON.stringify(newest))
    }, patiently)
    await bothLook()
    expect(await endings(conversationId)).toBe(1)
    expect(await claims('erasePerson', contactId)).toHaveLength(1)
    expect(await ines.ask('verifyAudit', {})).toMatchObject({ fault: null })
  })
})
