import { withoutAddresses } from '@parley/shared/conversation/masked.ts'
import type { CustomerActor } from '@parley/shared/people.ts'
import { writeAudit } from '../../app/audit.ts'
import type { Parts } from '../../app/parts.ts'
import { Refused } from '../../app/refused.ts'
import { findSite, loadSite, noteIdentityProblem, noteIdentitySeen, type Site } from '../../sites/index.ts'
import { type Identity, type OneUse, verifyIdentity } from '../keys/verify-identity.ts'
import { posesAsStaff } from '../poses-as-staff.ts'
import { announceRevoked } from '../revocations.ts'
import { tokenHash } from '../token-hash.ts'
import { type Presented, presentToken, renewToken } from './present-token.ts'
import * as store from './store.ts'
import { mayUse } from './use-once.ts'
import { actorOf, expiryOf, identityEndOf, isLive, keepAlive } from './visitor.ts'

export interface VisitorHello {
  siteKey: string
  visitorToken?: string | undefined
  identityToken?: string | undefined
  locale?: string | undefined
  timeZone?: string | undefined
}

export interface Recognised {
  actor: CustomerActor
  /** Present when it is new or takes the place of another, which is dead or soon will be. */
  visitorToken?: string
  identityExpiresAt: Date | null
}

/** The one choke point for customers: what the page says is a label, only a verified token chooses a contact. */
export async function recogniseVisitor(parts: Parts, hello: VisitorHello): Promise<Recognised> {
  const site = await findSite(parts, hello.siteKey)
  if (!site?.isEnabled) throw new Refused('notAllowed', 'site.unknown')
  const recognised =
    hello.identityToken === undefined
      ? await recogniseUnsigned(parts, site, hello)
      : await recogniseSigned(parts, site, hello, hello.identityToken)
  await noteBrowser(parts, recognised.actor, hello)
  return recognised
}

/** For a bearer token over HTTP: nothing for unknown, ended, expired and foreign ones alike. */
export async function visitorByToken(
  parts: Parts,
  siteKey: string,
  token: string,
): Promise<CustomerActor | undefined> {
  const site = await findSite(parts, siteKey)
  if (!site?.isEnabled) return undefined
  const presented = await presentToken(parts, site.siteId, token)
  if (!presented) return undefined
  const actor = actorOf(presented.row)
  if (site.isIdentityRequired && !actor.isVerified) return undefined
  await keepAlive(parts, presented.row)
  return actor
}

/** Still the same contact, and still allowed; claims as they are now. */
export async function refreshVisitor(
  parts: Parts,
  actor: Pick<CustomerActor, 'siteId' | 'visitorId' | 'contactId'>,
): Promise<CustomerActor | undefined> {
  const [site, row] = await Promise.all([
    loadSite(parts, actor.siteId),
    store.visitorById(parts.database, actor.siteId, actor.visitorId),
  ])
  if (!site.isEnabled || !row || !isLive(row, parts.clock.now())) return undefined
  const now = actorOf(row)
  if (now.contactId !== actor.contactId || (site.isIdentityRequired && !now.isVerified)) return undefined
  await keepAlive(parts, row)
  return now
}

/** The page signs its person out: the token is dead and what is connected drops. */
export async function endVisit(parts: Parts, actor: CustomerActor): Promise<void> {
  await store.endVisitorRow(parts.database, actor.siteId, actor.visitorId, parts.clock.now())
  announceRevoked(parts, { visitorId: actor.visitorId })
}

async function recogniseUnsigned(parts: Parts, site: Site, hello: VisitorHello): Promise<Recognised> {
  if (hello.visitorToken === undefined) {
    if (site.isIdentityRequired) throw new Refused('notAllowed', 'identity.refused')
    return startVisitor(parts, site, {
      visitorId: parts.random.id('vis'),
      identity: null,
      previousContactId: () => null,
    })
  }
  const presented = await presentToken(parts, site.siteId, hello.visitorToken)
  if (!presented) throw new Refused('notAllowed', 'visitor.ended')
  const actor = actorOf(presented.row)
  if (site.isIdentityRequired && !actor.isVerified) throw new Refused('notAllowed', 'identity.refused')
  await keepAlive(parts, presented.row)
  return recognised(actor, presented.row, await renewToken(parts, presented))
}

async function recogniseSigned(
  parts: Parts,
  site: Site,
  hello: VisitorHello,
  identityToken: string,
): Promise<Recognised> {
  const verdict = await verifyIdentity(parts, site.siteId, identityToken)
  if (!verdict.ok) {
    await recordRefusal(parts, site, verdict.problem)
    throw new Refused('notAllowed', 'identity.refused')
  }
  const found = await identify(parts, site, verdict, hello.visitorToken)
  await noteIdentitySeen(parts, site.siteId)
  return found
}

/** What a page has handed over, and it was good. */
interface Signed {
  identity: Identity
  use: OneUse | undefined
}

const usedBefore =
  'A token with this jti was used in another browser or visit; sign a fresh one for each page.'

async function identify(
  parts: Parts,
  site: Site,
  signed: Signed,
  visitorToken: string | undefined,
): Promise<Recognised> {
  if (visitorToken !== undefined) {
    const again = () => goOn(parts, site, signed, visitorToken)
    // Another tab may be given a new token in between: then the visit stands as it was, under that.
    const found = (await again()) ?? (await again())
    if (found) return found
  }
  const visitorId = parts.random.id('vis')
  await useOrRefuse(parts, site, signed, visitorId, visitorToken)
  return startVisitor(parts, site, {
    visitorId,
    identity: signed.identity,
    previousContactId: (contactId) =>
      visitorToken === undefined
        ? null
        : store.contactBefore(parts.database, site.siteId, tokenHash(visitorToken), contactId),
  })
}

/** In the visit of this browser, unless that is over or somebody else's. */
async function goOn(
  parts: Parts,
  site: Site,
  signed: Signed,
  visitorToken: string,
): Promise<Recognised | undefined> {
  const presented = await presentToken(parts, site.siteId, visitorToken)
  if (!presented) return undefined
  const { row } = presented
  const { identity } = signed
  if (row.sub === null || row.sub === identity.sub) {
    await useOrRefuse(parts, site, signed, row.visitor_id, visitorToken)
    const proceed = row.sub === null ? turnVisitor : renew
    return proceed(parts, site, presented, identity)
  }
  // Somebody else has signed in here: the earlier person's browser session ends, nothing is carried over.
  await store.endVisitorRow(parts.database, site.siteId, row.visitor_id, parts.clock.now())
  announceRevoked(parts, { visitorId: row.visitor_id })
  return undefined
}

/** Before anything is written: a token that was used up makes nobody and changes nobody. */
async function useOrRefuse(
  parts: Parts,
  site: Site,
  { use }: Signed,
  visitorId: string,
  visitorToken: string | undefined,
): Promise<void> {
  if (await mayUse(parts, site.siteId, use, { visitorId, visitorToken })) return
  await recordRefusal(parts, site, usedBefore)
  throw new Refused('notAllowed', 'identity.refused')
}

/** Anonymous until now: this browser's row passes to the signed contact and its token is replaced. */
async function turnVisitor(
  parts: Parts,
  site: Site,
  { row, hash }: Presented,
  identity: Identity,
): Promise<Recognised | undefined> {
  const at = parts.clock.now()
  const contactId = await saveContact(parts, site, identity)
  const token = parts.random.token()
  const isTurned = await store.identifyVisitor(parts.database, {
    siteId: site.siteId,
    latestHash: row.token_hash,
    presentedHash: hash,
    newHash: tokenHash(token),
    contactId,
    at,
    expiresAt: expiryOf({ createdAt: row.created_at, identifiedAt: at }, at),
  })
  if (!isTurned) return undefined
  // Sockets that still speak for the anonymous contact must come back as who they are now.
  announceRevoked(parts, { visitorId: row.visitor_id })
  return answer(parts, site, row.visitor_id, token)
}

/** The same person again: claims are as fresh as the token; another role is another token at once. */
async function renew(
  parts: Parts,
  site: Site,
  presented: Presented,
  identity: Identity,
): Promise<Recognised | undefined> {
  const { row } = presented
  const at = parts.clock.now()
  const expiresAt = expiryOf({ createdAt: row.created_at, identifiedAt: at }, at)
  await saveContact(parts, site, identity)
  if (row.role === identity.role) {
    const isStaying = await store.stayIdentified(parts.database, site.siteId, row.visitor_id, at, expiresAt)
    if (!isStaying) return undefined
    return answer(parts, site, row.visitor_id, await renewToken(parts, presented))
  }
  const token = parts.random.token()
  const isRenewed = await store.renewVisitor(parts.database, {
    siteId: site.siteId,
    latestHash: row.token_hash,
    newHash: tokenHash(token),
    at,
    expiresAt,
  })
  return isRenewed ? answer(parts, site, row.visitor_id, token) : undefined
}

async function startVisitor(
  parts: Parts,
  site: Site,
  given: {
    visitorId: string
    identity: Identity | null
    previousContactId: (contactId: string) => string | null | Promise<string | null>
  },
): Promise<Recognised> {
  const at = parts.clock.now()
  const token = parts.random.token()
  const { visitorId } = given
  const contactId = given.identity
    ? await saveContact(parts, site, given.identity)
    : await newContact(parts, site)
  const identifiedAt = given.identity ? at : null
  await store.insertVisitor(parts.database, {
    siteId: site.siteId,
    visitorId,
    contactId,
    hash: tokenHash(token),
    previousContactId: await given.previousContactId(contactId),
    identifiedAt,
    locale: null,
    timeZone: null,
    at,
    expiresAt: expiryOf({ createdAt: at, identifiedAt }, at),
  })
  return answer(parts, site, visitorId, token)
}

function saveContact(parts: Parts, site: Site, identity: Identity): Promise<string> {
  const newId = parts.random.id('con')
  // Some shops sign the address as the name, which everybody in a conversation reads.
  const given = identity.name && withoutAddresses(identity.name)
  const name = posesAsStaff(given ?? '', site.branding.name) ? null : given
  const own = { ...identity, name }
  return store.saveIdentifiedContact(parts.database, site.siteId, newId, own, parts.clock.now())
}

async function newContact(parts: Parts, site: Site): Promise<string> {
  const contactId = parts.random.id('con')
  await store.insertAnonymousContact(parts.database, site.siteId, contactId, parts.clock.now())
  return contactId
}

async function answer(
  parts: Parts,
  site: Site,
  visitorId: string,
  token: string | undefined,
): Promise<Recognised> {
  const row = await store.visitorById(parts.database, site.siteId, visitorId)
  if (!row) throw new Refused('notAllowed', 'visitor.ended')
  return recognised(actorOf(row), row, token)
}

function recognised(actor: CustomerActor, row: store.VisitorRow, token: string | undefined): Recognised {
  return {
    actor,
    ...(token === undefined ? {} : { visitorToken: token }),
    identityExpiresAt: identityEndOf(row.identified_at),
  }
}

async function noteBrowser(parts: Parts, actor: CustomerActor, hello: VisitorHello): Promise<void> {
  const locale = plain(hello.locale, 35)
  const timeZone = plain(hello.timeZone, 60)
  if (locale === null && timeZone === null) return
  await store.describeBrowser(parts.database, actor.siteId, actor.visitorId, locale, timeZone)
}

function plain(value: string | undefined, max: number): string | null {
  return value !== undefined && value.length <= max && /^[A-Za-z0-9_+/-]+$/.test(value) ? value : null
}

async function recordRefusal(parts: Parts, site: Site, problem: string): Promise<void> {
  parts.logger.warn({ siteId: site.siteId, problem }, 'An identity token was refused')
  if (!(await noteIdentityProblem(parts, site.siteId, problem))) return
  const actor = { kind: 'system', siteId: site.siteId, rule: 'identity' } as const
  await writeAudit(parts.database, actor, {
    action: 'identity.refused',
    result: 'refused',
    object: `site:${site.siteId}`,
    reason: problem,
  })
}
