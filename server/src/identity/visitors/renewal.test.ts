import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import type { Parts } from '../../app/parts.ts'
import { Refused } from '../../app/refused.ts'
import type { Database } from '../../storage/database.ts'
import { openIdentitySite, signIdentity } from '../../testing/identity-site.ts'
import {
  createSiteNodes,
  createSiteWorld,
  engines,
  type SiteNodes,
  type SiteWorld,
} from '../../testing/site-world.ts'
import { onRevoked, type Revocation } from '../revocations.ts'
import { recogniseVisitor, visitorByToken } from './recognise-visitor.ts'

const second = 1_000
const minute = 60 * second
const ended = { code: 'notAllowed', reason: 'visitor.ended' }

describe.each(engines)('the token of a visit on %s', (engine) => {
  let world: SiteWorld
  beforeAll(async () => {
    world = await createSiteWorld(engine)
    await openIdentitySite(world, 'marlow')
  })
  afterAll(() => world.close())

  const hello = (visitorToken?: string, identityToken?: string) =>
    recogniseVisitor(world.parts, { siteKey: 'marlow', visitorToken, identityToken })
  const opens = async (token: string) =>
    (await visitorByToken(world.parts, 'marlow', token))?.visitorId ?? null

  async function refusal(work: Promise<unknown>) {
    const error = await work.then(
      () => undefined,
      (thrown: unknown) => thrown,
    )
    return error instanceof Refused ? error.refusal : error
  }

  async function begin() {
    const { visitorToken = '', actor } = await hello()
    return { first: visitorToken, visitorId: actor.visitorId }
  }

  /** A visit whose first token has had a successor, kept by its browser. */
  async function beginAndRenew() {
    const { first, visitorId } = await begin()
    world.clock.advance(30 * minute)
    const { visitorToken: next = '' } = await hello(first)
    world.clock.advance(minute)
    await hello(next)
    return { first, next, visitorId }
  }

  const stored = async (visitorId: string) =>
    (
      await world.parts.database.query<{ token_hash: string; ended_at: Date | null }>(
        'select token_hash, ended_at from visitors where visitor_id = $1',
        [visitorId],
      )
    )[0]

  const audited = (visitorId: string) =>
    world.parts.database.query('select action, result, actor_id from audit where object = $1', [
      `visitor:${visitorId}`,
    ])

  it('[H6] is followed by another at a connection half an hour after it was issued, and not before', async () => {
    const { first, visitorId } = await begin()
    world.clock.advance(30 * minute - second)
    expect((await hello(first)).visitorToken).toBeUndefined()
    world.clock.advance(second)
    const renewed = await hello(first)
    expect(renewed.actor.visitorId).toBe(visitorId)
    expect(renewed.visitorToken).toMatch(/^[A-Za-z0-9_-]{86}$/)
    expect(JSON.stringify(await stored(visitorId))).not.toContain(renewed.visitorToken)
    expect((await hello(renewed.visitorToken)).actor).toEqual(renewed.actor)
    expect((await hello(renewed.visitorToken)).visitorToken).toBeUndefined()
  })

  it('[H6] that was replaced goes on opening its visit for a minute after the new one was kept, and then ends it', async () => {
    const { first, next, visitorId } = await beginAndRenew()
    world.clock.advance(minute - second)
    expect((await hello(first)).visitorToken).toBeUndefined()
    expect(await opens(first)).toBe(visitorId)
    const dropped: Revocation[] = []
    const off = onRevoked(world.parts, (who) => dropped.push(who))
    world.clock.advance(second)
    expect(await opens(next)).toBe(visitorId)
    expect(await refusal(hello(first))).toEqual(ended)
    expect(await refusal(hello(next))).toEqual(ended)
    expect(await opens(next)).toBeNull()
    expect(await refusal(hello(first))).toEqual(ended)
    off()
    expect(dropped).toEqual([{ visitorId }])
    expect(await audited(visitorId)).toEqual([
      { action: 'visit.tokenReused', result: 'refused', actor_id: 'system:identity' },
    ])
  })

  it('[H6] ends the visit when it is over, also over HTTP, also after many others have followed', async () => {
    const { first, next, visitorId } = await beginAndRenew()
    let latest = next
    for (let time = 0; time < 3; time += 1) {
      world.clock.advance(30 * minute)
      latest = (await hello(latest)).visitorToken ?? ''
      world.clock.advance(minute)
      await hello(latest)
    }
    world.clock.advance(minute)
    expect(await opens(latest)).toBe(visitorId)
    expect(await opens(first)).toBeNull()
    expect(await opens(latest)).toBeNull()
    expect(await audited(visitorId)).toHaveLength(1)
  })

  it('[H6] of another visit that is made up from the beginning of a known one ends nothing that has never been renewed', async () => {
    const { first, visitorId } = await begin()
    expect(await refusal(hello(`${first}${'x'.repeat(43)}`))).toEqual(ended)
    expect(await opens(first)).toBe(visitorId)
  })

  it('[H6] is never lost with an answer: the old one opens the visit until another came to stay', async () => {
    const { first, visitorId } = await begin()
    world.clock.advance(30 * minute)
    const { visitorToken: lost = '' } = await hello(first)
    for (let time = 0; time < 29; time += 1) {
      world.clock.advance(minute)
      const again = await hello(first)
      expect(again.actor.visitorId).toBe(visitorId)
      expect(again.visitorToken).toBeUndefined()
    }
    world.clock.advance(minute)
    const { visitorToken: next = '' } = await hello(first)
    expect(next).toMatch(/^[A-Za-z0-9_-]{86}$/)
    expect(next).not.toBe(lost)
    expect(await opens(first)).toBe(visitorId)
    expect(await opens(next)).toBe(visitorId)
    // Nobody can have it but somebody who listened: it is like every other that is over.
    expect(await opens(lost)).toBeNull()
    expect(await opens(next)).toBeNull()
  })

  it('[H6] counts as kept by a connection a minute later, not by what it is used for before it reached the disk', async () => {
    const { first, visitorId } = await begin()
    world.clock.advance(30 * minute)
    const { visitorToken: next = '' } = await hello(first)
    await hello(next)
    world.clock.advance(minute - second)
    await hello(next)
    world.clock.advance(5 * minute)
    expect(await opens(next)).toBe(visitorId)
    world.clock.advance(5 * minute)
    expect((await hello(first)).actor.visitorId).toBe(visitorId)
  })

  it('[H6] waits for a renewal until the one before it is over, so that there are never three', async () => {
    const { first, visitorId } = await begin()
    world.clock.advance(30 * minute)
    const { visitorToken: next = '' } = await hello(first)
    world.clock.advance(45 * minute)
    expect((await hello(next)).visitorToken).toBeUndefined()
    expect(await opens(first)).toBe(visitorId)
    world.clock.advance(minute)
    const { visitorToken: third = '' } = await hello(next)
    expect(third).not.toBe('')
    expect(await opens(next)).toBe(visitorId)
    expect(await opens(third)).toBe(visitorId)
  })

  it('[H6] is renewed once when twenty tabs come back at once, and all of them go on', async () => {
    const { first, visitorId } = await begin()
    world.clock.advance(45 * minute)
    const all = await Promise.all(Array.from({ length: 20 }, () => hello(first)))
    expect(new Set(all.map(({ actor }) => actor.visitorId))).toEqual(new Set([visitorId]))
    const given = all.flatMap(({ visitorToken }) => visitorToken ?? [])
    expect(given).toHaveLength(1)
    const [next = ''] = given
    // As their page hands it to all of them; some say hello with what they had read before.
    const mixed = await Promise.all(Array.from({ length: 20 }, (_, at) => hello(at % 2 === 0 ? first : next)))
    expect(new Set(mixed.map(({ actor }) => actor.visitorId))).toEqual(new Set([visitorId]))
    world.clock.advance(minute)
    await Promise.all(Array.from({ length: 20 }, () => hello(next)))
    world.clock.advance(minute)
    expect(await opens(next)).toBe(visitorId)
    expect((await stored(visitorId))?.ended_at).toBeNull()
  })

  it('[H6] that is renewed while another tab signs in leaves the signed person their earlier contact', async () => {
    const { actor, visitorToken: first = '' } = await hello()
    world.clock.advance(45 * minute)
    const { database } = world.parts
    let renewed: string | undefined
    // The other tab comes between what this one read and what it writes.
    const between: Database = {
      ...database,
      engine: database.engine,
      transaction: (work) => database.transaction(work),
      async query(text, params) {
        if (text.includes('set contact_id =')) renewed ??= (await hello(first)).visitorToken
        return database.query(text, params)
      },
      load: () => database.load(),
      close: () => database.close(),
    }
    const signed = await recogniseVisitor(
      { ...world.parts, database: between },
      {
        siteKey: 'marlow',
        visitorToken: first,
        identityToken: await signIdentity(world, { sub: 'meanwhile' }),
      },
    )
    expect(renewed).toMatch(/^[A-Za-z0-9_-]{86}$/)
    expect(signed.actor.visitorId).toBe(actor.visitorId)
    const [row] = await database.query<{ previous_contact_id: string }>(
      'select previous_contact_id from visitors where visitor_id = $1',
      [actor.visitorId],
    )
    expect(row?.previous_contact_id).toBe(actor.contactId)
    for (const old of [first, renewed ?? '']) expect(await refusal(hello(old))).toEqual(ended)
  })

  it('[H6] of a person known by name is renewed too, also when their page signs again', async () => {
    const sign = () => signIdentity(world, { sub: 'buyer-1' })
    const { visitorToken: first = '', actor } = await hello(undefined, await sign())
    world.clock.advance(20 * minute)
    expect((await hello(first, await sign())).visitorToken).toBeUndefined()
    world.clock.advance(20 * minute)
    const renewed = await hello(first, await sign())
    expect(renewed.actor).toEqual(actor)
    expect(renewed.visitorToken).toMatch(/^[A-Za-z0-9_-]{86}$/)
    world.clock.advance(minute)
    await hello(renewed.visitorToken)
    world.clock.advance(minute)
    const thief = await hello(first, await signIdentity(world, { sub: 'buyer-2' }))
    expect(thief.actor.contactId).not.toBe(actor.contactId)
    expect(await opens(renewed.visitorToken ?? '')).toBeNull()
  })

  it('[H6] with another role or identity stands alone: none before it opens anything, and none ends it', async () => {
    const { first, next } = await beginAndRenew()
    const signed = await hello(next, await signIdentity(world, { sub: 'buyer-3' }))
    const token = signed.visitorToken ?? ''
    expect(token).toMatch(/^[A-Za-z0-9_-]{43}$/)
    world.clock.advance(10 * minute)
    expect(await opens(first)).toBeNull()
    expect(await opens(next)).toBeNull()
    expect(await opens(token)).toBe(signed.actor.visitorId)
    const seller = await hello(
      token,
      await signIdentity(world, { sub: 'buyer-3', role: 'vendor', vendorId: 'seller-7' }),
    )
    expect(await opens(token)).toBeNull()
    expect(await opens(seller.visitorToken ?? '')).toBe(signed.actor.visitorId)
  })

  it('[H6] issued by a node of the version before counts from when the schema knew of it', async () => {
    const { first, visitorId } = await begin()
    const { database } = world.parts
    // What that version writes names none of the new columns.
    await database.query(
      `insert into visitors (site_id, visitor_id, contact_id, token_hash, created_at, last_seen_at, expires_at)
       select site_id, 'vis_old', contact_id, 'old', created_at, last_seen_at, expires_at from visitors
       where visitor_id = $1`,
      [visitorId],
    )
    const [row] = await database.query<{ is_now: boolean }>(
      `select token_issued_at > now() - interval '1 minute' as is_now from visitors where visitor_id = 'vis_old'`,
    )
    expect(row).toEqual({ is_now: true })
    expect(await opens(first)).toBe(visitorId)
  })
})

describe('the token of a visit on two nodes', () => {
  let both: SiteNodes
  beforeAll(async () => {
    both = await createSiteNodes()
    await openIdentitySite(both.nodes[0], 'marlow')
  })
  afterAll(() => both.close())

  const advance = (ms: number) => {
    for (const { clock } of both.nodes) clock.advance(ms)
  }
  const helloOn = ({ parts }: { parts: Parts }, visitorToken?: string) =>
    recogniseVisitor(parts, { siteKey: 'marlow', visitorToken })

  it('[H6] is renewed once by both, opens the visit on both, and ends on both when it is over', async () => {
    const [left, right] = both.nodes
    const { visitorToken: first = '', actor } = await helloOn(left)
    advance(31 * minute)
    const all = await Promise.all(
      Array.from({ length: 20 }, (_, at) => helloOn(at % 2 === 0 ? left : right, first)),
    )
    const given = all.flatMap(({ visitorToken }) => visitorToken ?? [])
    expect(given).toHaveLength(1)
    const [next = ''] = given
    advance(minute)
    for (const node of both.nodes) expect((await helloOn(node, next)).actor.visitorId).toBe(actor.visitorId)
    advance(minute)
    expect(await visitorByToken(right.parts, 'marlow', first)).toBeUndefined()
    expect(await visitorByToken(left.parts, 'marlow', next)).toBeUndefined()
  })
})
