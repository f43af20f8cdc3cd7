import type { FeedView } from '@parley/shared/client/feed.ts'
import type { WireEvent } from '@parley/shared/protocol/events.ts'
import { protocolVersion } from '@parley/shared/protocol/version.ts'
import type { Chance } from './chance.ts'
import { type Client, createClient, newWish, type Seat } from './client.ts'
import type { SourceConversation, Turn } from './conversation.ts'
import { intakeFor } from './intake.ts'
import type { Member, Site } from './site.ts'
import type { Tally } from './tally.ts'
import { isDense, type Said, said } from './transcript.ts'

/** What each party held when both had nothing more to say. */
export interface Played {
  source: SourceConversation
  conversationId: string
  visitor: Said[]
  agent: Said[]
  /** Messages that never left, and everything else that went wrong on the way. */
  troubles: string[]
}

export interface Stage {
  site: Site
  /** Ports of the bad networks. */
  visitorPort: number
  chance: Chance
  tally: Tally
  /** No longer than this without anything moving. */
  patienceMs: number
  onTurn(): void
}

const reloads = { customer: 0.03, agent: 0.003 } as const

/** One conversation from the first word to the last, by a visitor of its own and an agent who has others too. */
export async function play(
  stage: Stage,
  source: SourceConversation,
  agent: { client: Client; member: Member },
): Promise<Played> {
  const { tally, patienceMs } = stage
  const played: Played = { source, conversationId: '', visitor: [], agent: [], troubles: [] }
  const client = visitorClient(stage)
  const seats: Seat[] = []
  try {
    played.conversationId = await begin(stage, client, source, agent.member)
    const { conversationId } = played
    stage.onTurn()
    tally.sent += 1
    tally.acknowledged += 1
    const take = { requestId: newWish(), conversationId, from: null }
    const hers = client.open(conversationId)
    seats.push(hers)
    await agent.client.ask('takeConversation', take, patienceMs)
    const theirs = agent.client.open(conversationId)
    seats.push(theirs)

    const spoken = await Promise.allSettled([
      speak(stage, source, 'customer', client, hers),
      speak(stage, source, 'agent', agent.client, theirs),
    ])
    for (const [index, name] of (['visitor', 'agent'] as const).entries()) {
      const part = spoken[index]
      if (part?.status === 'fulfilled') {
        played[name] = part.value
        continue
      }
      played[name] = said({ visitor: hers, agent: theirs }[name].view().events)
      played.troubles.push(`The ${name} waited in vain. ${reasonOf(part?.reason)}`)
    }
  } catch (error) {
    played.troubles.push(reasonOf(error))
  } finally {
    for (const seat of seats) seat.leave()
    client.close()
  }
  return played
}

function visitorClient({ site, visitorPort, tally }: Stage): Client {
  let token: string | undefined
  return createClient({
    url: site.url,
    port: visitorPort,
    tally,
    hello: () => ({
      kind: 'visitor',
      protocol: protocolVersion,
      siteKey: site.siteKey,
      ...(token === undefined ? {} : { visitorToken: token }),
    }),
    onWelcome: (given) => {
      token = given ?? token
    },
  })
}

/** As the panel does: asks whom one can talk to, fills in the form, and opens the chat with the first words. */
async function begin(
  { site, patienceMs }: Stage,
  client: Client,
  source: SourceConversation,
  { me }: Member,
): Promise<string> {
  const about = me.vendorId === null ? {} : { product: { id: 'replayed', vendorId: me.vendorId } }
  const { choices } = await client.ask('describeChoices', { about }, patienceMs)
  const choice = choices.find(({ with: whom }) => whom.kind === (me.vendorId === null ? 'support' : 'vendor'))
  if (!choice) throw new Error('The site offers nobody to talk to.')
  const first = source.turns[0]?.text ?? ''
  const wish = {
    requestId: newWish(),
    with:
      me.vendorId === null
        ? { kind: 'support' as const }
        : { kind: 'vendor' as const, vendorId: me.vendorId },
    about,
    answers: intakeFor(choice.form, site.topics, first),
    text: first,
  }
  return (await client.ask('startConversation', wish, patienceMs)).conversationId
}

/** Says one side's turns and gives what it held in the end; in a two-sided source never before the other side has said what comes first. */
async function speak(
  stage: Stage,
  source: SourceConversation,
  by: Turn['by'],
  client: Client,
  seat: Seat,
): Promise<Said[]> {
  const { chance, tally, patienceMs } = stage
  const waits = source.isTwoSided || by === 'agent'
  let heard = 0
  let own = 0
  for (const [index, turn] of source.turns.entries()) {
    if (turn.by !== by) {
      heard += 1
      continue
    }
    if (index === 0) continue
    if (waits) {
      const due = heard
      await seat.until(({ events }) => countOf(events, by, false) >= due, patienceMs)
    }
    seat.send(turn.text)
    own += 1
    stage.onTurn()
    if (chance.happens(reloads[by])) client.reload()
    await new Promise((resolve) => setTimeout(resolve, chance.between(0, 60)))
  }
  const mine = own + (by === 'customer' ? 1 : 0)
  const isOver = ({ events, pending, head, isComplete }: FeedView) =>
    isComplete &&
    pending.length === 0 &&
    countOf(events, by, true) >= mine &&
    countOf(events, by, false) >= heard &&
    (events.at(-1)?.position ?? 0) >= head
  try {
    const { events } = await seat.until(isOver, patienceMs)
    if (!isDense(events)) throw new Error('Its stream has a hole.')
    return said(events)
  } finally {
    tally.acknowledged += own - seat.view().pending.length
  }
}

function countOf(events: readonly WireEvent[], by: Turn['by'], isOwn: boolean): number {
  let count = 0
  for (const event of events)
    if (event.type === 'messageSent' && ((event.by.side === 'customer') === (by === 'customer')) === isOwn)
      count += 1
  return count
}

function reasonOf(error: unknown): string {
  return error instanceof Error ? error.message : String(error)
}
