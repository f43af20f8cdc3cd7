import type { Actor, MemberActor } from '@parley/shared/people.ts'
import type { Outcome } from '@parley/shared/protocol/answers.ts'
import type { CommandName } from '@parley/shared/protocol/commands.ts'
import type { Refusal } from '@parley/shared/protocol/refusals.ts'
import { marlow, staff, vendorMembers, vendors } from '../demo/cast.ts'
import { expectDescribed, expectProblem } from './described.ts'
import type { BuyerName, Marlow, MemberName, Person } from './marlow.ts'
import { openSecondSite } from './second-site.ts'

/** Somebody who can ask in both ways. */
export interface Asker {
  name: string
  /** As the cast says, for the policy; not as the server thinks. */
  actor: Actor
  person: Person
  headers: Record<string, string>
  bySocket(command: CommandName, wish: object): Promise<Outcome<unknown>>
  byHttp(command: CommandName, wish: object): Promise<Outcome<unknown>>
}

export type Name =
  | 'ines'
  | 'daniel'
  | 'priya'
  | 'jonas'
  | 'elin'
  | 'nils'
  | 'marta'
  | 'omar'
  | 'anonymous'
  | 'otherAnonymous'
  | 'secondAdmin'
  | 'secondAnonymous'
export type Everybody = Record<Name, Asker>

/** Which support queue a CSR serves here: one each, so that a queue can be a foreign one. */
const served: Partial<Record<MemberName, string>> = { priya: 'que_support', jonas: 'que_payments' }

/** The cast, strangers, and people of a second site, each with a socket and credentials for HTTP. */
export async function connectEverybody(site: Marlow): Promise<Everybody> {
  const ines = await memberOf(site, 'ines')
  for (const [who, queueId] of Object.entries(served))
    await pickOnly(ines, queueId, [staff[who as keyof typeof staff].memberId])
  await pickOnly(ines, 'que_kiln', [vendorMembers.elin.memberId])
  await pickOnly(ines, 'que_nordvik', [vendorMembers.nils.memberId])
  const second = await openSecondSite(site)
  return {
    ines,
    daniel: await memberOf(site, 'daniel'),
    priya: await memberOf(site, 'priya'),
    jonas: await memberOf(site, 'jonas'),
    elin: await memberOf(site, 'elin'),
    nils: await memberOf(site, 'nils'),
    marta: await buyerOf(site, 'marta'),
    omar: await buyerOf(site, 'omar'),
    anonymous: anonymousOf(site, await site.visitor(), marlow.siteId, marlow.siteKey),
    otherAnonymous: anonymousOf(site, await site.visitor(), marlow.siteId, marlow.siteKey),
    secondAdmin: asker(site, second.admin, second.actor, sessionHeaders(site, second.cookie)),
    secondAnonymous: anonymousOf(
      site,
      await site.visitor({ siteKey: second.siteKey }),
      second.siteId,
      second.siteKey,
    ),
  }
}

async function pickOnly(admin: Asker, queueId: string, memberIds: string[]): Promise<void> {
  await admin.person.ask('saveQueue', {
    requestId: `pick-${queueId}`,
    queueId,
    name: queueId,
    memberIds,
    mode: 'pick',
    offerSeconds: 60,
  })
}

export function memberActor(name: MemberName): MemberActor {
  const member = { ...staff, ...vendorMembers }[name]
  const vendor = 'vendor' in member ? vendors[member.vendor] : null
  const queueId = 'vendor' in member ? `que_${member.vendor}` : served[name]
  return {
    kind: 'member',
    siteId: marlow.siteId,
    memberId: member.memberId,
    accountId: member.memberId.replace('mem_', 'acc_'),
    role: 'role' in member ? member.role : 'vendor',
    name: member.name,
    vendorId: vendor?.vendorId ?? null,
    vendorName: vendor?.name ?? null,
    queueIds: queueId === undefined ? [] : [queueId],
    ...(vendor ? { vendorState: 'active' as const } : {}),
  }
}

export async function memberOf(site: Marlow, name: MemberName): Promise<Asker> {
  const headers = sessionHeaders(site, await site.cookie(name))
  return asker(site, await site.member(name), memberActor(name), headers)
}

export async function buyerOf(site: Marlow, name: BuyerName): Promise<Asker> {
  const person = await site.buyer(name)
  const actor = { ...customer(marlow.siteId, `con_${name}`), isVerified: true, name }
  return asker(site, person, actor, bearer(person.visitorToken, marlow.siteKey))
}

function anonymousOf(
  site: Marlow,
  person: Person & { visitorToken: string },
  siteId: string,
  siteKey: string,
): Asker {
  const contactId = person.connection.readerId ?? ''
  return asker(site, person, customer(siteId, contactId), bearer(person.visitorToken, siteKey))
}

function customer(siteId: string, contactId: string) {
  return {
    kind: 'customer',
    siteId,
    visitorId: '',
    contactId,
    role: 'buyer',
    isVerified: false,
    name: null,
    orders: [],
    vendorId: null,
  } as const
}

function sessionHeaders(site: Marlow, cookie: string): Record<string, string> {
  return { cookie, origin: site.url, 'parley-csrf': '1' }
}

function bearer(token: string, siteKey: string): Record<string, string> {
  return { authorization: `Bearer ${token}`, 'parley-site': siteKey }
}

function asker(site: Marlow, person: Person, actor: Actor, headers: Record<string, string>): Asker {
  return {
    name: person.name,
    actor,
    person,
    headers,
    async bySocket(command, wish) {
      const outcome = (await person.connection.ask(command, wish as never)) as Outcome<unknown>
      expectDescribed(command, outcome)
      return outcome
    },
    async byHttp(command, wish) {
      const response = await fetch(`${site.url}/api/v1/commands/${command}`, {
        method: 'POST',
        headers: { ...headers, 'content-type': 'application/json' },
        body: JSON.stringify(wish),
      })
      const body: unknown = await response.json()
      if (response.ok) expectDescribed(command, { ok: true, value: body })
      else expectProblem(body)
      return response.ok ? { ok: true, value: body } : { ok: false, refusal: body as Refusal }
    },
  }
}
