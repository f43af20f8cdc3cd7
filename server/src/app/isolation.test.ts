import { type Action, permits, permitsOn } from '@parley/shared/policy/policy.ts'
import type { Outcome } from '@parley/shared/protocol/answers.ts'
import { type CommandName, commandNames, commands } from '@parley/shared/protocol/commands.ts'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { heldOf } from '../conversations/index.ts'
import { describedSoFar, forgetDescribed } from '../testing/described.ts'
import { type Asker, connectEverybody, type Everybody } from '../testing/everybody.ts'
import { createKinds, type Given, type Kind, kinds } from '../testing/given-kinds.ts'
import { type Marlow, startMarlow } from '../testing/marlow.ts'
import { namesOfPasts } from '../testing/pasts/index.ts'
import { nothing, wishes } from '../testing/wishes.ts'

let site: Marlow
let everybody: Everybody
let askers: Asker[]
let make: (kind: Kind) => Promise<Given>
let given: Given[]
beforeAll(async () => {
  forgetDescribed()
  site = await startMarlow('postgres', { RATE_LIMIT_FACTOR: '1000000' })
  everybody = await connectEverybody(site)
  askers = Object.values(everybody)
  make = await createKinds(site, everybody)
  given = await Promise.all(kinds.map(make))
})
afterAll(() => site?.close())

const ways = ['bySocket', 'byHttp'] as const
const onConversation = commandNames.filter((name) => commands[name].on === 'conversation')
const onSite = commandNames.filter((name) => commands[name].on === 'site')

/** What the table says, of facts that this test made up itself. */
function mayDo({ actor }: Asker, action: Action, { facts }: Given): boolean {
  return permitsOn(actor, 'conversation.read', facts) && permitsOn(actor, action, facts)
}
const thingsOf = ({ kind, conversationId, messageId, facts }: Given) => ({
  ...nothing,
  conversationId,
  messageId,
  queueId: kind === 'elsewhere' ? facts.queueId : 'que_support',
})

/** Neither “there is nothing” nor “you may not”: the rights let it through, whatever the state of things says. */
function isLetThrough(outcome: Outcome<unknown>): boolean {
  if (outcome.ok) return true
  const { code, reason } = outcome.refusal
  return reason !== undefined && reason !== 'command.unknown' && code !== 'internal' && code !== 'notFound'
}

async function inTurns<Item>(items: readonly Item[], work: (item: Item) => Promise<void>): Promise<void> {
  for (let start = 0; start < items.length; start += 24)
    await Promise.all(items.slice(start, start + 24).map(work))
}

// First, while nobody has been blocked by what the others try.
describe('commands without a right', () => {
  it('are refused to whoever has no line for them, in the same words each', async () => {
    const refused = onSite.flatMap((name) =>
      askers
        .filter(({ actor }) => !permits(actor, commands[name].action))
        .flatMap((asker) => ways.map((way) => ({ name, asker, way }))),
    )
    expect(refused.length).toBeGreaterThan(200)
    const bodies = new Set<string>()
    await inTurns(refused, async ({ name, asker, way }) => {
      const outcome = await asker[way](name, wishes[name](nothing))
      const told = `${asker.name}: ${name} ${way}`
      expect([told, outcome]).toMatchObject([told, { ok: false, refusal: { code: 'notAllowed' } }])
      bodies.add(`${way} ${JSON.stringify(outcome)}`)
    })
    expect(bodies.size).toBe(ways.length)
  }, 60_000)
})

describe('commands on a conversation', () => {
  const cases = () =>
    onConversation.flatMap((name) =>
      askers.flatMap((asker) => given.flatMap((target) => ways.map((way) => ({ name, asker, target, way })))),
    )
  const label = (one: { name: string; asker: Asker; target: Given; way: string }) =>
    `${one.asker.name}: ${one.name} on ${one.target.kind} ${one.way}`

  it('[W5] answer whoever has no right as if nothing were there, in the same words, and write nothing', async () => {
    const ids = given.map(({ conversationId }) => conversationId)
    const heads = async () =>
      (await heldOf(site.world.parts.database, ids))
        .map(({ conversation, heads }) => ({ id: conversation.conversationId, ...heads }))
        .sort((a, b) => a.id.localeCompare(b.id))
    const before = await heads()
    expect(before).toHaveLength(kinds.length)
    const refused = cases().filter(({ name, asker, target }) => !mayDo(asker, commands[name].action, target))
    expect(refused.length).toBeGreaterThan(1_500)
    const ofNothing = new Map<string, Promise<Outcome<unknown>>>()
    await inTurns(refused, async ({ name, asker, target, way }) => {
      const key = `${asker.actor.siteId} ${asker.name} ${name} ${way}`
      const asked = ofNothing.get(key) ?? asker[way](name, wishes[name](nothing))
      ofNothing.set(key, asked)
      const [foreign, absent] = await Promise.all([asker[way](name, wishes[name](thingsOf(target))), asked])
      const told = label({ name, asker, target, way })
      // Whoever reads it knows that it is there: only what they may not do is refused.
      const isKnown = permitsOn(asker.actor, 'conversation.read', target.facts)
      const code = permits(asker.actor, commands[name].action) && !isKnown ? 'notFound' : 'notAllowed'
      if (!isKnown) expect([told, foreign]).toEqual([told, absent])
      expect([told, foreign]).toMatchObject([told, { ok: false, refusal: { code } }])
      if (way === 'bySocket') expect(foreign).toEqual({ ok: false, refusal: { code } })
    })
    expect(await heads()).toEqual(before)
  }, 120_000)

  it('let through whoever has the right, and no line of the table is left untried', async () => {
    const allowed = cases().filter(({ name, asker, target }) => mayDo(asker, commands[name].action, target))
    const tried = new Set(allowed.map(({ name, asker }) => `${asker.name} ${name}`))
    for (const name of onConversation)
      for (const asker of askers.filter(({ name: who }) => who !== 'visitor' && who !== 'Otto Lind'))
        if (permits(asker.actor, commands[name].action)) expect([...tried]).toContain(`${asker.name} ${name}`)
    await inTurns(allowed, async ({ name, asker, target, way }) => {
      // What is written changes who may do what comes next: each write gets a conversation of its own.
      const isRead = 'isRead' in commands[name]
      const fresh = isRead ? target : await make(target.kind)
      const outcome = await asker[way](name, wishes[name](thingsOf(fresh)))
      expect([label({ name, asker, target, way }), isLetThrough(outcome), outcome]).toEqual([
        label({ name, asker, target, way }),
        true,
        outcome,
      ])
    })
    // What these decide on has to be there first: they are driven with such a past, by everybody.
    expect(onConversation.filter((name) => !describedSoFar.has(name))).toEqual(namesOfPasts.conversation)
  }, 120_000)
})

describe('commands on the site', () => {
  it('find nothing of another site, and change nothing there', async () => {
    const { ines, secondAdmin } = everybody
    const view = async () =>
      Promise.all([
        ines.person.ask('listMembers', {}),
        ines.person.ask('listQueues', {}),
        ines.person.ask('listVendors', {}),
        ines.person.ask('listIdentityKeys', {}),
        ines.person.ask('listApiKeys', {}),
        ines.person.ask('listCannedReplies', {}),
        ines.person.ask('viewSite', {}),
        ines.person.ask('listTriggers', {}),
        ines.person.ask('listWebhooks', {}),
      ])
    const { webhook } = await ines.person.ask('createWebhook', wishes.createWebhook(nothing))
    const { replies } = await ines.person.ask('listCannedReplies', {})
    const { keyId } = await ines.person.ask('createApiKey', {
      requestId: 'own-api-key',
      name: 'Catalogue',
      scopes: ['vendors.read'],
    })
    const { sessions } = await ines.person.ask('listSessions', {})
    const there = {
      conversationId: given[0]?.conversationId ?? '',
      messageId: given[0]?.messageId ?? '',
      memberId: 'mem_priya',
      queueId: 'que_payments',
      vendorId: 'ven_kiln',
      cannedReplyId: replies[0]?.cannedReplyId ?? '',
      sessionId: sessions.find(({ isCurrent }) => isCurrent)?.sessionId ?? '',
      kid: 'demo-1',
      triggerId: 'trg_return',
      keyId,
      webhookId: webhook.webhookId,
      contactId: given[0]?.facts.contactId ?? '',
      reviewId: nothing.reviewId,
    }
    expect(Object.values(there)).not.toContain('')
    const before = await view()
    const changing = [
      'saveQueue',
      'removeQueue',
      'saveMember',
      'disableMember',
      'resetSignIn',
      'saveVendor',
      'revokeIdentityKey',
      'revokeApiKey',
      'viewVendorStanding',
      'saveVendorProducts',
      'saveCannedReply',
      'removeCannedReply',
      'endSession',
      'saveTrigger',
      'removeTrigger',
      'listTriggerVersions',
      'saveWebhook',
      'switchWebhook',
      'rotateWebhookSecret',
      'removeWebhook',
      'sendTestEvent',
      'listDeliveries',
      'replayDelivery',
      'replayDeliveries',
      'exportPerson',
      'erasePerson',
      'holdPerson',
      'releasePerson',
      'eraseApplicant',
      'exportMember',
      'eraseMember',
    ] as const
    for (const name of changing)
      for (const way of ways) {
        const foreign = await secondAdmin[way](name, wishes[name](there))
        const absent = await secondAdmin[way](name, wishes[name](nothing))
        expect([name, foreign]).toMatchObject([name, { ok: false, refusal: { code: 'notFound' } }])
        expect([name, foreign]).toEqual([name, absent])
      }
    expect(await view()).toEqual(before)
  })

  it('take no foreign member, queue or vendor into what is their own', async () => {
    const { secondAdmin } = everybody
    const own = given.find(({ kind }) => kind === 'elsewhere') as Given
    const write = { conversationId: own.conversationId }
    const refusal = async (name: CommandName, wish: object) => {
      const outcome = await secondAdmin.bySocket(name, wish)
      return outcome.ok ? outcome : outcome.refusal
    }
    for (const memberId of ['mem_priya', 'mem_absent'])
      expect(
        await refusal('transferConversation', {
          ...write,
          requestId: `pass-${memberId}`,
          to: { kind: 'member', memberId },
          reason: 'Yours',
        }),
      ).toEqual({ code: 'notFound', reason: 'member.unknown' })
    for (const queueId of ['que_support', 'que_absent'])
      expect(
        await refusal('transferConversation', {
          ...write,
          requestId: `pass-${queueId}`,
          to: { kind: 'queue', queueId },
          reason: 'Yours',
        }),
      ).toEqual({ code: 'notFound', reason: 'queue.unknown' })
    for (const memberIds of [['mem_priya'], ['mem_absent']])
      expect(
        await refusal('saveQueue', {
          ...wishes.saveQueue(nothing),
          queueId: null,
          memberIds,
        }),
      ).toMatchObject({ code: 'invalid', reason: 'queue.members' })
    for (const vendorId of ['ven_kiln', 'ven_absent'])
      expect(
        await refusal('inviteMember', { ...wishes.inviteMember(nothing), role: 'vendor', vendorId }),
      ).toMatchObject({ code: 'notFound', reason: 'vendor.unknown' })
    const { conversationId } = await make('elsewhere')
    await secondAdmin.person.ask('addNote', {
      requestId: 'note-mention',
      conversationId,
      text: 'Look',
      mentions: ['mem_priya'],
    })
    const { events } = await secondAdmin.person.ask('readConversation', { conversationId })
    expect(events.at(-1)).toMatchObject({ type: 'noteAdded', payload: { mentions: [] } })
  })
})
