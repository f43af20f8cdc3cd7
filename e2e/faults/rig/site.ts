import { marlow, staff, vendorMembers } from '@parley/server/src/demo/cast.ts'
import type { ReaderKind } from '@parley/shared/people.ts'
import type { WireEvent } from '@parley/shared/protocol/events.ts'
import type { EventPage } from '@parley/shared/protocol/reading.ts'

export type MemberName = keyof typeof staff | keyof typeof vendorMembers
const members = { ...staff, ...vendorMembers }

export function memberIdOf(name: MemberName): string {
  return members[name].memberId
}

export function vendorOf(name: MemberName): string | null {
  return name in vendorMembers ? `ven_${vendorMembers[name as keyof typeof vendorMembers].vendor}` : null
}

export function readerOf(name: MemberName): ReaderKind {
  return vendorOf(name) === null ? 'staff' : 'vendor'
}

/** How somebody proves over HTTP who they are. */
export type Proof = Record<string, string>

/** The same installation by whichever node answers. */
export interface Site {
  origin: string
  /** Ports of nodes that can be asked now. */
  ready(): readonly number[]
  /** Who has signed in already: too many sign-ins are slowed down, as they should be. */
  proofs: Map<MemberName, Proof>
}

const patienceMs = 30_000
const askMs = 20_000

/** Asks one node after the other until one answers; a definite no is an answer. */
export async function askAnyNode(
  site: Site,
  path: string,
  body: object,
  proof: Proof = {},
): Promise<Response> {
  const lastAt = performance.now() + patienceMs
  for (let turn = 0; ; turn += 1) {
    const ports = site.ready()
    const port = ports[turn % Math.max(1, ports.length)]
    const answer =
      port === undefined ? undefined : await askNode(site, port, path, body, proof).catch(() => undefined)
    if (answer && answer.status < 500 && answer.status !== 429) return answer
    if (performance.now() > lastAt)
      throw new Error(`No node answered ${path} within ${patienceMs / 1_000} s.`)
    await new Promise((next) => setTimeout(next, 200))
  }
}

export function askNode(
  site: Site,
  port: number,
  path: string,
  body: object,
  proof: Proof,
): Promise<Response> {
  return fetch(`http://127.0.0.1:${port}${path}`, {
    method: 'POST',
    headers: { 'content-type': 'application/json', origin: site.origin, 'parley-csrf': '1', ...proof },
    body: JSON.stringify(body),
    signal: AbortSignal.timeout(askMs),
  })
}

export async function signIn(site: Site, name: MemberName): Promise<Proof> {
  const known = site.proofs.get(name)
  if (known) return known
  const { email } = members[name]
  const answer = await askAnyNode(site, '/api/v1/session', { email, password: marlow.password })
  if (!answer.ok) throw new Error(`${name} could not sign in: ${await answer.text()}`)
  const proof = { cookie: answer.headers.getSetCookie()[0]?.split(';')[0] ?? '' }
  site.proofs.set(name, proof)
  return proof
}

export function visitorProof(visitorToken: string): Proof {
  return { authorization: `Bearer ${visitorToken}`, 'parley-site': marlow.siteKey }
}

/** One conversation as one node tells it to one reader, page by page; “try again” is followed. */
export async function readAll(
  site: Site,
  port: number,
  conversationId: string,
  proof: Proof,
): Promise<{ events: WireEvent[]; conversation: EventPage['conversation'] }> {
  const events: WireEvent[] = []
  const lastAt = performance.now() + patienceMs
  for (;;) {
    const wish = { conversationId, after: events.length }
    const answer = await askNode(site, port, '/api/v1/commands/readConversation', wish, proof)
    if (answer.status === 503 && performance.now() < lastAt) {
      await new Promise((next) => setTimeout(next, 500))
      continue
    }
    if (!answer.ok) throw new Error(`Port ${port} did not tell ${conversationId}: ${await answer.text()}`)
    const page = (await answer.json()) as EventPage
    events.push(...page.events)
    if (events.length >= page.head || page.events.length === 0)
      return { events, conversation: page.conversation }
  }
}
