import type { CommandName } from '@parley/shared/protocol/commands.ts'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { type Asker, connectEverybody, type Everybody } from '../testing/everybody.ts'
import { type Marlow, startMarlow } from '../testing/marlow.ts'
import { engines } from '../testing/site-world.ts'

interface Line {
  actor_id: string
  action: string
  object: string
  result: string
  reason: string | null
  session_id: string | null
  request_id: string | null
}

describe.each(engines)('what the audit covers on %s', (engine) => {
  let site: Marlow
  let who: Everybody
  let conversationId: string
  beforeAll(async () => {
    site = await startMarlow(engine)
    who = await connectEverybody(site)
    const started = await who.marta.person.ask('startConversation', {
      requestId: 'start-for-audit',
      with: { kind: 'vendor', vendorId: 'ven_kiln' },
      about: { order: { id: '48213' } },
      answers: { description: 'The glaze is chipped', email: 'marta@studio.example' },
    })
    conversationId = started.conversationId
  })
  afterAll(() => site?.close())

  const lines = (action: string): Promise<Line[]> =>
    site.world.parts.database.query('select * from audit where action = $1 order by audit_id', [action])
  const count = async (): Promise<number> => {
    const [row] = await site.world.parts.database.query<{ n: number }>('select count(*) as n from audit')
    return row?.n ?? 0
  }
  async function ask(asker: Asker, name: CommandName, wish: object): Promise<unknown> {
    const outcome = await asker.bySocket(name, wish)
    if (!outcome.ok) throw new Error(`${name}: ${JSON.stringify(outcome.refusal)}`)
    return outcome.value
  }

  it('a moderator who opens a conversation of others, once for the same look, before it is answered', async () => {
    for (const _time of [1, 2, 3]) await ask(who.daniel, 'readConversation', { conversationId })
    await ask(who.daniel, 'followConversation', { conversationId })
    await who.daniel.byHttp('readConversation', { conversationId })
    expect(await lines('conversation.read')).toMatchObject([
      { actor_id: 'mem_daniel', object: `conversation:${conversationId}`, reason: 'assigned to nobody' },
    ])
    await ask(who.ines, 'readConversation', { conversationId })
    expect((await lines('conversation.read')).map((line) => line.actor_id)).toEqual([
      'mem_daniel',
      'mem_ines',
    ])
  })

  it('neither the vendor, nor the buyer, nor whoever answers it', async () => {
    await ask(who.elin, 'readConversation', { conversationId })
    await ask(who.marta, 'readConversation', { conversationId })
    const own = await who.omar.person.ask('startConversation', {
      requestId: 'start-for-priya',
      with: { kind: 'support' },
      answers: { topic: 'order', description: 'Where is it?' },
    })
    await ask(who.priya, 'takeConversation', {
      requestId: 'take-by-priya',
      conversationId: own.conversationId,
    })
    await ask(who.priya, 'readConversation', { conversationId: own.conversationId })
    expect((await lines('conversation.read')).map((line) => line.actor_id)).toEqual([
      'mem_daniel',
      'mem_ines',
    ])
  })

  it('an address that was shown and why, and not that somebody saw it masked', async () => {
    for (const looker of [who.elin, who.daniel]) await ask(looker, 'viewContact', { conversationId })
    const wish = { conversationId, field: 'email', reason: 'To send the label' }
    await ask(who.daniel, 'revealContact', { ...wish, requestId: 'reveal-for-audit' })
    const shown = await lines('contact.revealed')
    expect(shown).toMatchObject([
      { actor_id: 'mem_daniel', reason: 'email: To send the label', request_id: 'reveal-for-audit' },
    ])
    expect(shown[0]?.object).toMatch(/^contact:con_/)
    expect(shown[0]?.session_id).toMatch(/^ses_/)
  })

  it('searches by staff, told apart without their words', async () => {
    for (const search of ['Marta Oliveira', 'marta oliveira ', '48213'])
      await ask(who.daniel, 'listInbox', { view: 'all', search })
    await ask(who.elin, 'listInbox', { view: 'all', search: 'glaze' })
    await ask(who.daniel, 'listInbox', { view: 'all' })
    const searched = await lines('inbox.searched')
    expect(searched.map((line) => line.actor_id)).toEqual(['mem_daniel', 'mem_daniel'])
    expect(new Set(searched.map((line) => line.object)).size).toBe(2)
    expect(JSON.stringify(searched).toLowerCase()).not.toMatch(/marta|48213/)
  })

  it('the key that a signed identity was checked with, once a day', async () => {
    await site.buyer('marta')
    expect(await lines('identityKey.used')).toMatchObject([
      { object: 'identityKey:demo-1', actor_id: 'system:identity' },
    ])
  })

  it('who tries to sign in and is nobody, in the chain of no site and without the address', async () => {
    await fetch(`${site.url}/api/v1/session`, {
      method: 'POST',
      headers: { 'content-type': 'application/json', origin: site.url, 'parley-csrf': '1' },
      body: JSON.stringify({ email: 'nobody@elsewhere.example', password: 'not the password' }),
    })
    const refused = await site.world.parts.database.query(`select * from audit where chain = ''`)
    expect(refused).toMatchObject([
      { action: 'member.signInRefused', object: 'account:unknown', result: 'refused' },
    ])
    expect(JSON.stringify(refused)).not.toContain('elsewhere.example')
  })

  it('changes of settings, with session, request and digests of before and after', async () => {
    const {
      siteId: _id,
      siteKey: _key,
      ...settings
    } = (await ask(who.ines, 'viewSite', {})) as Record<string, unknown>
    await ask(who.ines, 'saveSite', { requestId: 'save-for-audit', settings: { ...settings, totpRoles: [] } })
    expect((await lines('site.saved')).at(-1)).toMatchObject({
      request_id: 'save-for-audit',
      session_id: expect.stringMatching(/^ses_/),
      before_digest: expect.stringMatching(/^[0-9a-f]{64}$/),
      after_digest: expect.stringMatching(/^[0-9a-f]{64}$/),
    })
    await ask(who.daniel, 'readConversation', { conversationId })
    expect((await lines('conversation.read')).every((line) => line.request_id === null)).toBe(true)
  })

  it('acts of moderation with their request, although several wishes share a transaction', async () => {
    const requestIds = ['aside-for-audit-1', 'aside-for-audit-2', 'aside-for-audit-3']
    await Promise.all(
      requestIds.map((requestId) =>
        ask(who.daniel, 'whisper', { requestId, conversationId, text: 'Offer a new one', reason: 'To help' }),
      ),
    )
    const whispered = (await lines('moderation.whisper')).map(({ request_id }) => request_id)
    expect(whispered.sort()).toEqual(requestIds)
  })

  it('sends and their receipts by no line at all', async () => {
    const before = await count()
    for (let at = 0; at < 20; at += 1)
      await ask(who.elin, 'sendMessage', {
        requestId: `send-audit-${at}`,
        conversationId,
        text: `Line ${at}`,
      })
    await ask(who.marta, 'markConversation', { conversationId })
    expect(await count()).toBe(before)
  })

  it('doors that were tried: one line for each who tried, when they are next written', async () => {
    for (let at = 0; at < 12; at += 1) await who.priya.bySocket('listIdentityKeys', {})
    for (let at = 0; at < 3; at += 1) await who.nils.bySocket('readConversation', { conversationId })
    await who.otherAnonymous.byHttp('readConversation', { conversationId })
    await site.restart()
    const refused = await lines('rights.refused')
    const of = (actorId: string) => refused.filter((line) => line.actor_id === actorId)
    expect(of('mem_priya')).toMatchObject([
      { object: 'member:mem_priya', result: 'refused', reason: '12 in a minute: listIdentityKeys 12' },
    ])
    expect(of('mem_nils')[0]?.reason).toContain('readConversation 3')
    expect(
      of(who.otherAnonymous.actor.kind === 'customer' ? who.otherAnonymous.actor.contactId : ''),
    ).toHaveLength(1)
  })

  describe('exports', () => {
    const get = (asker: Asker | null, query: string) =>
      fetch(`${site.url}/api/v1/audit/export?${query}`, asker ? { headers: asker.headers } : {})

    it('every line as JSON, in order, with its own line in it', async () => {
      const response = await get(who.ines, 'format=jsonl')
      expect(response.status).toBe(200)
      expect(response.headers.get('content-disposition')).toMatch(
        /^attachment; filename="audit-[\d-]+\.jsonl"$/,
      )
      expect(response.headers.get('cache-control')).toBe('private, no-store')
      const exported = (await response.text())
        .trimEnd()
        .split('\n')
        .map((line) => JSON.parse(line))
      expect(exported.map(({ number }) => number)).toEqual(exported.map((_, at) => at + 1))
      expect(exported.at(-1)).toMatchObject({
        action: 'audit.exported',
        actorId: 'mem_ines',
        reason: 'jsonl',
      })
      expect(exported.map(({ action }) => action)).toContain('conversation.read')
    })

    it('what was asked for as CSV, and says what that was', async () => {
      const response = await get(who.ines, 'format=csv&action=conversation&actorId=mem_daniel')
      const [head, ...rows] = (await response.text()).trimEnd().split('\r\n')
      expect(head).toMatch(/^number,at,actorId,actor,/)
      expect(rows).toHaveLength(1)
      expect(rows[0]).toContain(`conversation.read,conversation:${conversationId},done,assigned to nobody`)
      expect((await lines('audit.exported')).at(-1)?.reason).toBe(
        'csv, actorId mem_daniel, action conversation',
      )
    })

    it('nothing to whoever may not, and nothing of another site', async () => {
      const before = (await lines('audit.exported')).length
      for (const asker of [who.daniel, who.priya, who.elin, who.marta])
        expect((await get(asker, 'format=csv')).status).toBe(403)
      expect((await get(null, 'format=csv')).status).toBe(401)
      expect((await get(who.ines, 'format=xml')).status).toBe(422)
      expect((await get(who.ines, 'format=csv&siteId=site_marlow')).status).toBe(422)
      expect((await lines('audit.exported')).length).toBe(before)
      const other = await (await get(who.secondAdmin, 'format=jsonl')).text()
      expect(other).toContain('audit.exported')
      expect(other).not.toMatch(/mem_daniel|mem_priya|mem_elin|cnv_|site_marlow/)
    })
  })

  it('is listed by actor, action, object and time', async () => {
    const listed = async (filter: object) =>
      (
        (await ask(who.daniel, 'listAudit', filter)) as {
          entries: { actorId: string; action: string; object: string }[]
        }
      ).entries
    expect((await listed({ actorId: 'mem_priya' })).every(({ actorId }) => actorId === 'mem_priya')).toBe(
      true,
    )
    expect((await listed({ action: 'conversation' })).map(({ action }) => action)).toEqual([
      'conversation.read',
      'conversation.read',
    ])
    expect(
      await listed({ object: `conversation:${conversationId}`, action: 'conversation.read' }),
    ).toHaveLength(2)
    expect(await listed({ to: '2020-01-01T00:00:00Z' })).toEqual([])
    expect((await listed({ from: '2020-01-01T00:00:00Z' })).length).toBeGreaterThan(10)
    expect(await who.priya.bySocket('listAudit', {})).toMatchObject({ refusal: { code: 'notAllowed' } })
  })

  it('is checked on demand, by those who may read it', async () => {
    expect(await ask(who.daniel, 'verifyAudit', {})).toMatchObject({ fault: null, erased: 0 })
    expect(await who.elin.bySocket('verifyAudit', {})).toMatchObject({ refusal: { code: 'notAllowed' } })
    await site.world.parts.database.query('alter table audit disable trigger user')
    await site.world.parts.database.query(
      `update audit set object = 'x' where chain = 'site_marlow' and number = 5`,
    )
    expect(await ask(who.ines, 'verifyAudit', {})).toMatchObject({
      lines: 4,
      fault: { what: 'changed', number: 5 },
    })
  })
})
