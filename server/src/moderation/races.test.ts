import type { Actor, MemberActor } from '@parley/shared/people.ts'
import type { Outcome } from '@parley/shared/protocol/answers.ts'
import type { CommandName } from '@parley/shared/protocol/commands.ts'
import fc from 'fast-check'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { createDispatch, type Dispatch } from '../app/dispatch.ts'
import { createLimits } from '../app/limits.ts'
import { guardedVerbs } from '../app/terms-guard.ts'
import { bindSentFiles, conversationVerbs, createLog, eventsAfter, findHeld } from '../conversations/index.ts'
import { routingVerbs } from '../routing/index.ts'
import { givenBuyer, givenTestSite, member, openLog, siteId, start } from '../testing/given-conversation.ts'
import { createSiteWorld, engines, type SiteWorld } from '../testing/site-world.ts'
import { moderationCompanion, moderationVerbs } from './index.ts'

const moderators = Array.from({ length: 20 }, (_, index) => member(`Moderator${index}`, 'moderator'))
const elin = member('Elin', 'vendor')

describe.each(engines)('moderators who press at once, on two nodes with %s', (engine) => {
  let world: SiteWorld
  let nodes: Dispatch[]
  let count = 0
  beforeAll(async () => {
    world = await createSiteWorld(engine)
    const { parts } = world
    await givenTestSite(parts)
    for (const { memberId, name } of [elin, ...moderators]) await givenMember(memberId, name)
    nodes = [1, 2].map(() => {
      const companions = [bindSentFiles, moderationCompanion(parts)]
      const log = createLog({
        database: parts.database,
        clock: parts.clock,
        companions,
        onFault: (error) => {
          throw error
        },
      })
      return createDispatch(parts, log, createLimits(1_000_000), {
        verbs: guardedVerbs(log, { ...conversationVerbs, ...routingVerbs, ...moderationVerbs }),
        reads: {},
        siteCommands: {},
        logCommands: {},
      })
    })
  })
  afterAll(() => world?.close())

  async function givenMember(memberId: string, name: string): Promise<void> {
    const isVendor = memberId === elin.memberId
    await world.parts.database.query(
      'insert into accounts (account_id, email, created_at) values ($1, $2, $3)',
      [memberId.replace('mem_', 'acc_'), `${memberId}@test.example`, world.parts.clock.now()],
    )
    await world.parts.database.query(
      'insert into members (site_id, member_id, account_id, name, role, vendor_id) values ($1, $2, $3, $4, $5, $6)',
      [
        siteId,
        memberId,
        memberId.replace('mem_', 'acc_'),
        name,
        isVendor ? 'vendor' : 'moderator',
        isVendor ? 'ven_kiln' : null,
      ],
    )
  }

  function ask(actor: Actor, name: CommandName, wish: object): Promise<Outcome<unknown>> {
    count += 1
    const node = nodes[count % nodes.length] as Dispatch
    return node(actor, name, { requestId: `race-${count}-x`, ...wish }, { ip: '192.0.2.1', sessionId: null })
  }

  async function begin(conversationId: string) {
    const marta = await givenBuyer(world.parts, 'Marta')
    await start(openLog(world.parts), marta, conversationId, true)
    expect(await ask(elin, 'sendMessage', { conversationId, text: 'Hello' })).toMatchObject({ ok: true })
    return marta
  }

  const stored = (conversationId: string) =>
    eventsAfter(world.parts.database, conversationId, 'staff', 0, 10_000)

  async function audited(conversationId: string): Promise<{ action: string; actor: string }[]> {
    return world.parts.database.query(
      `select action, actor_id as actor from audit where object like $1 order by audit_id`,
      [`%conversation:${conversationId}`],
    )
  }

  it('[M4] [M5] [F34] have one owner; the others are told who, and the vendor writes nothing after the takeover', async () => {
    const seen = { owned: 0, vendorRefused: 0, vendorBefore: 0 }
    for (let round = 0; round < 8; round += 1) {
      const conversationId = `cnv_${engine}_${round}`
      const marta = await begin(conversationId)
      const over = (moderator: MemberActor) => () =>
        ask(moderator, 'takeOverConversation', { conversationId, reason: 'Payment elsewhere' })
      const say = (actor: Actor, text: string) => () => ask(actor, 'sendMessage', { conversationId, text })
      const all = [
        ...moderators.map(over),
        ...Array.from({ length: 20 }, (_, index) => say(elin, `vendor ${index}`)),
        ...Array.from({ length: 10 }, (_, index) => say(marta, `buyer ${index}`)),
        () => ask(marta, 'closeConversation', { conversationId }),
      ]
      const shuffled = fc.sample(fc.shuffledSubarray(all, { minLength: all.length }), {
        numRuns: 1,
        seed: round,
      })[0] as typeof all
      const outcomes = new Map(all.map((wish) => [wish, undefined as Outcome<unknown> | undefined]))
      // Each sets out in a turn of its own: in one turn, whose way is the shortest would always be first.
      const answers: Promise<unknown>[] = []
      for (const wish of shuffled) {
        answers.push(wish().then((outcome) => outcomes.set(wish, outcome)))
        await new Promise(setImmediate)
      }
      await Promise.all(answers)

      const events = await stored(conversationId)
      expect(events.map(({ positions }) => positions.staff)).toEqual(events.map((_, index) => index + 1))
      const takeovers = events.filter(({ type }) => type === 'takenOver')
      const pressed = all.slice(0, 20).map((wish) => outcomes.get(wish) as Outcome<unknown>)
      const won = pressed.filter(({ ok }) => ok)
      expect(takeovers.length).toBe(won.length)
      expect(won.length).toBeLessThanOrEqual(1)
      const [takeover] = takeovers
      for (const outcome of pressed) {
        if (outcome.ok) continue
        if (outcome.refusal.code === 'closed') continue
        expect(outcome.refusal).toEqual({
          code: 'conflict',
          reason: 'moderation.takenOver',
          who: takeover?.type === 'takenOver' ? takeover.payload.moderator.name : 'nobody',
        })
      }
      if (!takeover) continue
      seen.owned += 1
      const at = takeover.positions.staff ?? 0
      const vendors = events.filter(({ by, type }) => by.side === 'vendor' && type === 'messageSent')
      expect(vendors.filter(({ positions }) => (positions.staff ?? 0) > at)).toEqual([])
      seen.vendorBefore += vendors.length - 1
      const sends = all.slice(20, 40).map((wish) => outcomes.get(wish) as Outcome<unknown>)
      // A definite no is never seen, a yes always is.
      expect(sends.filter(({ ok }) => ok)).toHaveLength(vendors.length - 1)
      for (const outcome of sends)
        if (!outcome.ok) expect(['takenOver', 'reopenFirst', 'takeFirst']).toContain(outcome.refusal.reason)
      seen.vendorRefused += sends.filter(
        (outcome) => !outcome.ok && outcome.refusal.reason === 'takenOver',
      ).length
      const held = await findHeld(world.parts.database, conversationId)
      expect(held?.conversation.assignee?.memberId).toBe(takeover.actorId)
      expect(
        (await audited(conversationId)).filter(({ action }) => action === 'moderation.takeOver'),
      ).toEqual([{ action: 'moderation.takeOver', actor: takeover.actorId }])
    }
    expect(seen.owned).toBeGreaterThan(3)
    expect(seen.vendorRefused).toBeGreaterThan(0)
    expect(seen.vendorBefore).toBeGreaterThan(0)
  })

  it('[M11] hold all that the vendor writes after the switch, what was under way included, and nothing before it', async () => {
    const seen = { sent: 0, held: 0 }
    for (let round = 0; round < 6; round += 1) {
      const conversationId = `cnv_${engine}_hold_${round}`
      await begin(conversationId)
      const all = [
        ...moderators
          .slice(0, 3)
          .map((one) => () => ask(one, 'startHolding', { conversationId, reason: 'Payment elsewhere' })),
        ...Array.from(
          { length: 18 },
          (_, index) => () => ask(elin, 'sendMessage', { conversationId, text: `vendor ${index}` }),
        ),
      ]
      const shuffled = fc.sample(fc.shuffledSubarray(all, { minLength: all.length }), {
        numRuns: 1,
        seed: round,
      })[0] as typeof all
      const answers: Promise<Outcome<unknown>>[] = []
      for (const wish of shuffled) {
        answers.push(wish())
        await new Promise(setImmediate)
      }
      for (const outcome of await Promise.all(answers)) expect(outcome).toMatchObject({ ok: true })

      const events = await stored(conversationId)
      const switched = events.filter(({ type }) => type === 'holdingStarted')
      expect(switched).toHaveLength(1)
      const at = switched[0]?.positions.staff ?? 0
      const written = events.filter(({ type }) => type === 'messageSent' || type === 'vendorMessageHeld')
      const vendors = written.filter(({ by }) => by.side === 'vendor')
      expect(vendors).toHaveLength(19)
      for (const { type, positions } of vendors)
        expect(type).toBe((positions.staff ?? 0) > at ? 'vendorMessageHeld' : 'messageSent')
      seen.held += vendors.filter(({ type }) => type === 'vendorMessageHeld').length
      seen.sent += vendors.filter(({ type }) => type === 'messageSent').length - 1
      expect(
        (await audited(conversationId)).filter(({ action }) => action === 'moderation.startHolding'),
      ).toEqual([{ action: 'moderation.startHolding', actor: switched[0]?.actorId }])
    }
    expect(seen.held).toBeGreaterThan(0)
    expect(seen.sent).toBeGreaterThan(0)
  })

  it('[M9] [I15] write lines whose order is the audit’s, one for each act, over many takeovers', async () => {
    const conversationId = `cnv_${engine}_turns`
    await begin(conversationId)
    await Promise.all(
      moderators.slice(0, 8).map(async (moderator) => {
        for (let tries = 0; tries < 400; tries += 1) {
          const taken = await ask(moderator, 'takeOverConversation', { conversationId, reason: 'My turn' })
          if (!taken.ok) continue
          await ask(moderator, 'whisper', { conversationId, text: 'One moment', reason: 'To help' })
          await ask(moderator, 'handBackConversation', { conversationId, reason: 'Yours' })
          return
        }
        throw new Error(`${moderator.name} never had a turn`)
      }),
    )
    const names: Record<string, string> = {
      takenOver: 'moderation.takeOver',
      whisperSent: 'moderation.whisper',
      handedBack: 'moderation.handBack',
    }
    const lines = (await stored(conversationId)).flatMap(({ type, actorId }) => {
      const action = names[type]
      return action === undefined ? [] : [{ action, actor: actorId }]
    })
    expect(lines).toHaveLength(24)
    expect(await audited(conversationId)).toEqual(lines)
    // One has it from taking to giving back.
    for (let at = 0; at < lines.length; at += 3)
      expect(new Set(lines.slice(at, at + 3).map(({ actor }) => actor)).size).toBe(1)
  })
})
