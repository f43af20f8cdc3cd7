import type { ConversationFeed } from '@parley/shared/client/feed.ts'
import type { Actor } from '@parley/shared/people.ts'
import type { NewEvent, SentFile } from '@parley/shared/protocol/events.ts'
import type { BoardRow } from '@parley/shared/protocol/reading.ts'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { bindSentFiles, createLog, eventsAfter, findHeld } from '../conversations/index.ts'
import { staff, vendorMembers } from '../demo/cast.ts'
import { createWatches } from '../moderation/index.ts'
import { connectEverybody, type Everybody } from '../testing/everybody.ts'
import { expectFoldToMatchStore } from '../testing/fold-matches-store.ts'
import { type Marlow, type Person, startMarlow } from '../testing/marlow.ts'
import { rollOut } from '../testing/roll-out.ts'
import { waitFor } from '../testing/wait-for.ts'

let site: Marlow
let everybody: Everybody
beforeAll(async () => {
  site = await startMarlow('postgres', { RATE_LIMIT_FACTOR: '1000000' })
  everybody = await connectEverybody(site)
})
afterAll(() => site?.close())

let count = 0
const requestId = () => {
  count += 1
  return `moderated-${count}`
}

/** Marta and Elin talk; everybody of the three sides who should be there follows. */
async function talk(): Promise<{ conversationId: string; marta: ConversationFeed; elin: ConversationFeed }> {
  const { marta, elin } = everybody
  const { conversationId } = await marta.person.ask('startConversation', {
    requestId: requestId(),
    with: { kind: 'vendor', vendorId: 'ven_kiln' },
    answers: { description: 'Is it oven-proof?' },
  })
  const feeds = { marta: marta.person.open(conversationId), elin: elin.person.open(conversationId) }
  await waitFor(() => Object.values(feeds).every((feed) => feed.get().isComplete))
  await elin.person.ask('sendMessage', { requestId: requestId(), conversationId, text: 'Up to 240 °C' })
  return { conversationId, ...feeds }
}

async function linesAbout(
  conversationId: string,
): Promise<{ action: string; actor: string; reason: string | null }[]> {
  return site.world.parts.database.query(
    `select action, actor_id as actor, reason from audit
     where object like $1 and action <> 'conversation.read' order by audit_id`,
    [`%conversation:${conversationId}`],
  )
}
const actionsAbout = async (conversationId: string) =>
  (await linesAbout(conversationId))
    .map(({ action }) => action)
    .filter((action) => action !== 'conversation.read')

/** What a rule would write: straight into the log, and told with the next event. */
async function found(conversationId: string, actor: Actor, event: NewEvent): Promise<void> {
  const { parts } = site.world
  const log = createLog({
    database: parts.database,
    clock: parts.clock,
    companions: [bindSentFiles],
    onFault: (error) => {
      throw error
    },
  })
  await log.append({ actor, conversationId, requestId: null, content: null, decide: () => [event] })
}

const boardRows = (person: Person, conversationId: string) =>
  person.frames
    .filter(({ name }) => name === 'hint:board')
    .map(({ values }) => values[0] as BoardRow)
    .filter((row) => row.conversationId === conversationId)

describe('watching', () => {
  it('[M1] is in the audit log before anything is seen, and with its duration when it ends', async () => {
    const { conversationId } = await talk()
    const { daniel } = everybody
    await daniel.person.ask('watchConversation', { conversationId, reason: 'Sampling' })
    expect(await linesAbout(conversationId)).toEqual([
      { action: 'moderation.watch', actor: staff.daniel.memberId, reason: 'Sampling' },
    ])
    await daniel.person.ask('watchConversation', { conversationId })
    await daniel.person.ask('stopWatching', { conversationId })
    await waitFor(async () => (await actionsAbout(conversationId)).length > 1)
    expect((await linesAbout(conversationId)).at(-1)).toMatchObject({
      action: 'moderation.stopWatching',
      reason: expect.stringMatching(/^Watched for \d+ s$/),
    })
    expect(await actionsAbout(conversationId)).toHaveLength(2)
  })

  it('[M1] ends with the connection', async () => {
    const { conversationId } = await talk()
    const second = await site.member('daniel')
    await second.ask('watchConversation', { conversationId })
    second.close()
    await waitFor(async () => (await actionsAbout(conversationId)).includes('moderation.stopWatching'))
  })

  it('is what following is for a moderator who does not answer there, and is over when they step in', async () => {
    const { conversationId } = await talk()
    const { ines } = everybody
    const feed = ines.person.open(conversationId)
    await waitFor(() => feed.get().isComplete)
    expect(await actionsAbout(conversationId)).toEqual(['moderation.watch'])
    await ines.person.ask('joinConversation', { requestId: requestId(), conversationId, reason: 'Loud' })
    await waitFor(async () => (await actionsAbout(conversationId)).length > 2)
    expect(await actionsAbout(conversationId)).toEqual([
      'moderation.watch',
      'moderation.join',
      'moderation.stopWatching',
    ])
    await ines.person.ask('leaveConversation', { requestId: requestId(), conversationId, reason: 'Calm' })
    await waitFor(async () => (await actionsAbout(conversationId)).length > 4)
    expect((await actionsAbout(conversationId)).slice(3)).toEqual(['moderation.leave', 'moderation.watch'])
    expect((await linesAbout(conversationId))[3]).toMatchObject({
      action: 'moderation.leave',
      reason: 'Calm',
    })
    feed.close()
  })

  it('that a node left open when it died is ended by another, at the time it was last seen', async () => {
    const { conversationId } = await talk()
    const { parts } = site.world
    const { daniel } = everybody
    if (daniel.actor.kind !== 'member') throw new Error('Daniel is a member')
    await createWatches(parts, 'node-dead').start(daniel.actor, conversationId, undefined)
    await parts.database.query(
      `update watches set started_at = started_at - interval '10 minutes',
         seen_at = seen_at - interval '8 minutes' where conversation_id = $1`,
      [conversationId],
    )
    await createWatches(parts, 'node-alive').sweep()
    expect(await linesAbout(conversationId)).toMatchObject([
      { action: 'moderation.watch' },
      { action: 'moderation.stopWatching', reason: 'Watched for 120 s' },
    ])
  })

  it('[M2] leaves no mark, no typing and no presence, not even for colleagues', async () => {
    const { conversationId, elin } = await talk()
    const { daniel, ines } = everybody
    const followed = ines.person.open(conversationId)
    await waitFor(() => followed.get().isComplete)
    await daniel.person.ask('watchConversation', { conversationId })
    const message = elin.get().events.find(({ type }) => type === 'messageSent')
    if (message?.type !== 'messageSent') throw new Error('Nothing was said')
    await daniel.person.ask('markConversation', { conversationId, readTo: message.payload.messageId })
    daniel.person.connection.hint('typing', { conversationId, isTyping: true })
    daniel.person.connection.hint('viewing', { conversationId, mode: 'viewing' })
    // Of the same connection, and therefore after all that.
    await daniel.person.ask('whisper', {
      requestId: requestId(),
      conversationId,
      text: 'Careful',
      reason: 'To help',
    })
    await waitFor(() => followed.get().events.some(({ type }) => type === 'whisperSent'))
    for (const { person } of Object.values(everybody)) {
      const hints = person.frames.filter(({ name }) => /^hint:(typing|viewing|marks)$/.test(name))
      const told = hints.filter(({ values }) => JSON.stringify(values).includes(conversationId))
      expect(JSON.stringify(told)).not.toContain(staff.daniel.memberId)
    }
    followed.close()
  })

  it('[M2] writes nothing from there', async () => {
    const { conversationId } = await talk()
    const { daniel } = everybody
    await daniel.person.ask('watchConversation', { conversationId })
    const send = { requestId: requestId(), conversationId, text: 'Hello' }
    expect(await daniel.person.refusal('sendMessage', send)).toEqual({
      code: 'notAllowed',
      reason: 'moderation.joinFirst',
    })
  })

  it('needs a connection: an answer over HTTP is a read', async () => {
    const { conversationId } = await talk()
    expect(await everybody.daniel.byHttp('watchConversation', { conversationId })).toMatchObject({
      refusal: { reason: 'watch.bySocket' },
    })
  })

  it('[M3] shows text as it is typed only while the site’s notice says so', async () => {
    const { conversationId } = await talk()
    const { daniel, elin, ines, marta } = everybody
    await daniel.person.ask('watchConversation', { conversationId })
    const typings = (person: Person) =>
      person.frames.filter(
        ({ name, values }) => name === 'hint:typing' && JSON.stringify(values).includes(conversationId),
      )
    const typeUntil = async (text: string, isSeen: () => boolean) => {
      for (let times = 0; times < 20 && !isSeen(); times += 1) {
        elin.person.connection.hint('typing', { conversationId, isTyping: true, text })
        await waitFor(isSeen, 300).catch(() => {})
      }
      expect(isSeen()).toBe(true)
    }
    await typeUntil('unsaid one', () => typings(daniel.person).length > 0)
    expect(JSON.stringify(typings(daniel.person))).not.toContain('unsaid')
    await rollOut(ines.person, 'moderation.typingPreview', { sharePercent: 100 })
    await typeUntil('unsaid two', () => JSON.stringify(typings(daniel.person)).includes('unsaid two'))
    expect(typings(marta.person).length).toBeGreaterThan(0)
    expect(JSON.stringify(typings(marta.person))).not.toContain('unsaid')
    await rollOut(ines.person, 'moderation.typingPreview', { sharePercent: 0 })
  })
})

describe('every step of stepping in', () => {
  it('[M9] is on record with its reason, from the whisper to the end, which neither side learns', async () => {
    const { conversationId, marta, elin } = await talk()
    const { ines } = everybody
    const asked = (step: string) => ({
      requestId: requestId(),
      conversationId,
      reason: `canary-step: ${step}`,
    })
    await ines.person.ask('whisper', { ...asked('whisper'), text: 'Offer a new one' })
    await ines.person.ask('joinConversation', asked('join'))
    await ines.person.ask('leaveConversation', asked('leave'))
    await ines.person.ask('startHolding', asked('startHolding'))
    await ines.person.ask('stopHolding', asked('stopHolding'))
    await ines.person.ask('takeOverConversation', asked('takeOver'))
    await ines.person.ask('handBackConversation', asked('handBack'))
    await ines.person.ask('closeConversation', asked('end'))
    const steps = (await linesAbout(conversationId)).filter(({ reason }) => reason?.startsWith('canary-step'))
    expect(steps).toEqual(
      ['whisper', 'join', 'leave', 'startHolding', 'stopHolding', 'takeOver', 'handBack', 'end'].map(
        (step) => ({
          action: `moderation.${step}`,
          actor: staff.ines.memberId,
          reason: `canary-step: ${step}`,
        }),
      ),
    )
    await waitFor(() => [marta, elin].every((feed) => feed.get().conversation?.status === 'closed'))
    for (const { person } of [everybody.marta, everybody.elin])
      expect(JSON.stringify(person.frames)).not.toContain('canary-step')
  })

  it.each(['whisper', 'leaveConversation', 'startHolding', 'stopHolding'] as const)(
    'is refused without one: %s',
    async (command) => {
      const { conversationId } = await talk()
      const wish = { requestId: requestId(), conversationId, reason: ' ' }
      expect(
        await everybody.daniel.bySocket(command, command === 'whisper' ? { ...wish, text: 'Hm' } : wish),
      ).toMatchObject({ ok: false, refusal: { code: 'invalid', field: 'reason' } })
    },
  )
})

describe('a takeover', () => {
  it('[M4] keeps what the vendor was sending as a refused draft that goes out after the handing back', async () => {
    const { conversationId, elin, marta } = await talk()
    const { ines } = everybody
    const staffs = ines.person.open(conversationId)
    await waitFor(() => staffs.get().isComplete)
    const over = { requestId: requestId(), conversationId, reason: 'Payment elsewhere' }
    await ines.person.ask('takeOverConversation', over)
    elin.send('Bring cash then')
    await waitFor(() => elin.get().pending[0]?.state === 'refused')
    expect(elin.get().pending).toMatchObject([
      { text: 'Bring cash then', refusal: { code: 'notAllowed', reason: 'takenOver' } },
    ])
    await ines.person.ask('sendMessage', {
      requestId: requestId(),
      conversationId,
      text: 'I take it from here',
    })
    await ines.person.ask('handBackConversation', {
      requestId: requestId(),
      conversationId,
      reason: 'Settled',
    })
    await waitFor(() => elin.get().conversation?.moderation.stage === 'none')
    expect(elin.get().conversation?.assignee?.memberId).toBe(vendorMembers.elin.memberId)
    elin.retry(elin.get().pending[0]?.requestId ?? '')
    await waitFor(() => marta.get().conversation?.lastMessage?.text === 'Bring cash then')
    await expectFoldToMatchStore(site, conversationId, [
      { reader: 'customer', feed: marta },
      { reader: 'vendor', feed: elin },
      { reader: 'staff', feed: staffs },
    ])
    staffs.close()
  })

  it('[M6] does not go back to somebody who was disabled meanwhile: the vendor’s line has it', async () => {
    const { conversationId, marta } = await talk()
    const { ines } = everybody
    await ines.person.ask('takeOverConversation', { requestId: requestId(), conversationId, reason: 'Rude' })
    await site.world.parts.database.query('update members set disabled_at = now() where member_id = $1', [
      vendorMembers.elin.memberId,
    ])
    await ines.person.ask('handBackConversation', { requestId: requestId(), conversationId, reason: 'Done' })
    await site.world.parts.database.query('update members set disabled_at = null where member_id = $1', [
      vendorMembers.elin.memberId,
    ])
    await waitFor(() => marta.get().conversation?.moderation.stage === 'none')
    expect((await findHeld(site.world.parts.database, conversationId))?.conversation).toMatchObject({
      assignee: null,
      status: 'waiting',
    })
  })

  it('that is ended by the moderator has its reason in the audit and out of sight', async () => {
    const { conversationId, marta, elin } = await talk()
    const { ines } = everybody
    const end = { requestId: requestId(), conversationId, reason: 'canary-why-it-ended' }
    await ines.person.ask('closeConversation', end)
    await waitFor(() => marta.get().conversation?.status === 'closed')
    await waitFor(() => elin.get().conversation?.status === 'closed')
    expect((await linesAbout(conversationId)).at(-1)).toMatchObject({
      action: 'moderation.end',
      reason: end.reason,
    })
    for (const feed of [marta, elin]) expect(JSON.stringify(feed.get())).not.toContain(end.reason)
  })
})

describe('a held message with a file', () => {
  async function upload(name: 'elin', conversationId: string): Promise<SentFile> {
    const body = new FormData()
    body.append('conversationId', conversationId)
    body.append('file', new File(['care instructions'], 'care.txt', { type: 'text/plain' }))
    const { headers } = everybody[name]
    const response = await fetch(`${site.url}/api/v1/uploads`, { method: 'POST', headers, body })
    expect(response.status).toBe(201)
    return (await response.json()) as SentFile
  }
  const open = async (name: 'elin' | 'marta' | 'daniel', fileId: string) =>
    (await fetch(`${site.url}/api/v1/files/${fileId}`, { headers: everybody[name].headers })).status

  it('[M7] [M8] shows it to moderators alone, then with its release to everybody, and to nobody once it is redacted', async () => {
    const { conversationId, marta, elin } = await talk()
    const { daniel } = everybody
    const file = await upload('elin', conversationId)
    const { parts } = site.world
    await found(conversationId, everybody.elin.actor, {
      type: 'vendorMessageHeld',
      payload: { messageId: 'msg_held_file', text: 'canary-file', files: [file], why: ['probation'] },
    })
    const again = { requestId: requestId(), conversationId, text: 'Here', fileIds: [file.fileId] }
    expect(await everybody.elin.person.refusal('sendMessage', again)).toMatchObject({
      reason: 'file.unknown',
    })
    expect([await open('marta', file.fileId), await open('daniel', file.fileId)]).toEqual([404, 200])

    const release = { requestId: requestId(), conversationId, messageId: 'msg_held_file', reason: 'Fine' }
    await daniel.person.ask('releaseMessage', release)
    await waitFor(() => marta.get().conversation?.lastMessage?.text === 'canary-file')
    expect(marta.get().conversation?.lastMessage?.by.id).toBe(vendorMembers.elin.memberId)
    expect(await open('marta', file.fileId)).toBe(200)

    const { messageId = '' } = marta.get().conversation?.lastMessage ?? {}
    await daniel.person.ask('redactMessage', {
      requestId: requestId(),
      conversationId,
      messageId,
      reason: 'PII',
    })
    await waitFor(() => elin.get().conversation?.lastMessage?.isRedacted === true)
    for (const who of ['marta', 'elin', 'daniel'] as const) expect(await open(who, file.fileId)).toBe(404)
    await waitFor(
      async () =>
        (await parts.database.query('select 1 from files where file_id = $1', [file.fileId])).length === 0,
    )
    const stored = await eventsAfter(parts.database, conversationId, 'staff', 0, 1_000)
    for (const told of [stored, marta.get(), elin.get()])
      expect(JSON.stringify(told)).not.toContain('canary-file')
    await expectFoldToMatchStore(site, conversationId, [
      { reader: 'customer', feed: marta },
      { reader: 'vendor', feed: elin },
    ])
  })
})

describe('a customer who was blocked', () => {
  it('[M10] writes in no conversation, starts none and reads on, until it is lifted', async () => {
    const { conversationId, marta } = await talk()
    const other = await talk()
    const { ines, marta: buyer } = everybody
    await ines.person.ask('blockCustomer', { requestId: requestId(), conversationId, reason: 'Threats' })
    const send = (id: string) => ({ requestId: requestId(), conversationId: id, text: 'Hello' })
    for (const id of [conversationId, other.conversationId])
      await waitFor(async () => {
        const outcome = await buyer.bySocket('sendMessage', send(id))
        return !outcome.ok && outcome.refusal.reason === 'blocked'
      })
    expect(await buyer.byHttp('sendMessage', send(other.conversationId))).toMatchObject({
      refusal: { code: 'notAllowed', reason: 'blocked' },
    })
    const start = { requestId: requestId(), with: { kind: 'support' }, answers: {} } as const
    expect(await buyer.person.refusal('startConversation', start)).toMatchObject({ reason: 'blocked' })
    expect((await buyer.person.ask('readConversation', { conversationId })).events.length).toBeGreaterThan(1)
    expect(marta.get().conversation?.isBlocked).toBe(false)
    await ines.person.ask('unblockCustomer', { requestId: requestId(), conversationId, reason: 'Sorry' })
    await waitFor(async () => (await buyer.bySocket('sendMessage', send(other.conversationId))).ok)
  })
})

describe('the board', () => {
  it('lists what is between customers and vendors by need, counts it, and pages', async () => {
    const calm = await talk()
    const reported = await talk()
    const held = await talk()
    const { daniel, elin, marta } = everybody
    await marta.person.ask('reportConversation', {
      requestId: requestId(),
      conversationId: reported.conversationId,
      reason: 'Rude',
    })
    await found(held.conversationId, elin.actor, {
      type: 'vendorMessageHeld',
      payload: { messageId: 'msg_board', text: 'x', files: [], why: ['phone'] },
    })
    const { rows, counts } = await daniel.person.ask('listBoard', { limit: 500 })
    const ids = rows.map((row) => row.conversationId)
    const places = [held, reported, calm].map(({ conversationId }) => ids.indexOf(conversationId))
    expect(places).not.toContain(-1)
    expect(places).toEqual([...places].sort((a, b) => a - b))
    expect(rows[places[0] ?? 0]?.need).toMatchObject({ held: 1, score: 400 })
    expect(counts).toMatchObject({ all: rows.length, reported: 1, held: expect.any(Number) })

    const paged: string[] = []
    let cursor: string | undefined
    do {
      const page = await daniel.person.ask('listBoard', { limit: 2, ...(cursor ? { cursor } : {}) })
      paged.push(...page.rows.map((row) => row.conversationId))
      cursor = page.cursor ?? undefined
    } while (cursor)
    expect(paged).toEqual(ids)
    const only = await daniel.person.ask('listBoard', { need: 'reported' })
    expect(only.rows.map((row) => row.conversationId)).toEqual([reported.conversationId])
    const nobody = await daniel.person.ask('listBoard', { search: '100%_nobody' })
    expect(nobody.rows).toEqual([])
  })

  it('puts a vendor on probation before one that is trusted, and says so', async () => {
    const calm = await talk()
    const { marta, daniel } = everybody
    const { conversationId } = await marta.person.ask('startConversation', {
      requestId: requestId(),
      with: { kind: 'vendor', vendorId: 'ven_nordvik' },
      answers: { description: 'Is it solid oak?' },
    })
    const { database } = site.world.parts
    await database.query(`update vendors set state = 'probation' where vendor_id = 'ven_nordvik'`)
    const { rows } = await daniel.person.ask('listBoard', { limit: 500 })
    await database.query(`update vendors set state = 'active' where vendor_id = 'ven_nordvik'`)
    const ids = rows.map((row) => row.conversationId)
    expect(ids.indexOf(conversationId)).toBeLessThan(ids.indexOf(calm.conversationId))
    expect(rows.find((row) => row.conversationId === conversationId)?.need.ofVendor).toMatchObject({
      state: 'probation',
      isOnProbation: true,
      score: 50,
    })
  })

  it('puts a vendor below its limits before one that stands well, and among equals who has waited longest', async () => {
    const { omar, daniel } = everybody
    const begin = async (vendorId: string) =>
      (
        await omar.person.ask('startConversation', {
          requestId: requestId(),
          with: { kind: 'vendor', vendorId },
          answers: { description: 'Can it be engraved?' },
        })
      ).conversationId
    const waited = [await begin('ven_lumen'), await begin('ven_lumen')]
    const atNordvik = await begin('ven_nordvik')
    const { database } = site.world.parts
    const order = async (verdict: string | null) => {
      const standing = verdict === null ? null : JSON.stringify({ verdict })
      await database.query(`update vendors set standing = $1::jsonb where vendor_id = 'ven_nordvik'`, [
        standing,
      ])
      const { rows } = await daniel.person.ask('listBoard', { limit: 500 })
      const ids = rows.map((row) => row.conversationId)
      return {
        ids: ids.filter((id) => id === atNordvik || waited.includes(id)),
        score: rows.find((row) => row.conversationId === atNordvik)?.need.ofVendor?.score,
      }
    }
    expect(await order(null)).toEqual({ ids: [...waited, atNordvik], score: 0 })
    expect(await order('warning')).toEqual({ ids: [atNordvik, ...waited], score: 10 })
    expect(await order('hard')).toEqual({ ids: [atNordvik, ...waited], score: 20 })
    await order(null)
  })

  it('tells changes to those who have it open, and nobody else; what is over leaves it', async () => {
    const { conversationId } = await talk()
    const { daniel, ines, elin, marta } = everybody
    await daniel.person.ask('listBoard', { isLive: true })
    await ines.person.ask('listBoard', {})
    await marta.person.ask('reportConversation', { requestId: requestId(), conversationId, reason: 'Rude' })
    await waitFor(() => boardRows(daniel.person, conversationId).at(-1)?.need.reports === 1)
    expect(boardRows(daniel.person, conversationId).at(-1)?.need.ofVendor).toMatchObject({
      state: 'active',
      isOnProbation: false,
    })
    await ines.person.ask('takeOverConversation', { requestId: requestId(), conversationId, reason: 'Rude' })
    await waitFor(() => boardRows(daniel.person, conversationId).at(-1)?.moderation.stage === 'takenOver')
    await ines.person.ask('closeConversation', { requestId: requestId(), conversationId, reason: 'Rude' })
    await waitFor(() => boardRows(daniel.person, conversationId).at(-1)?.status === 'closed')
    for (const { person } of [ines, elin, marta]) expect(boardRows(person, conversationId)).toEqual([])
    await daniel.person.ask('listBoard', { isLive: false })
    const next = await talk()
    await waitFor(() =>
      ines.person.frames.some(
        ({ name, values }) => name === 'hint:inbox' && JSON.stringify(values).includes(next.conversationId),
      ),
    )
    expect(boardRows(daniel.person, next.conversationId)).toEqual([])
  })

  it('has a support conversation for which a CSR raised a hand', async () => {
    const { omar, priya, daniel } = everybody
    const { conversationId } = await omar.person.ask('startConversation', {
      requestId: requestId(),
      with: { kind: 'support' },
      answers: { topic: 'account', description: 'Hello' },
    })
    await priya.person.ask('raiseHand', { requestId: requestId(), conversationId, reason: 'Is this fraud?' })
    const { rows } = await daniel.person.ask('listBoard', { need: 'hand' })
    expect(rows.map((row) => [row.conversationId, row.need.hand])).toEqual([
      [conversationId, { by: staff.priya.name, reason: 'Is this fraud?', at: expect.any(String) }],
    ])
  })
})
