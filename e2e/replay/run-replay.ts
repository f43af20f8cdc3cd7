import { protocolVersion } from '@parley/shared/protocol/version.ts'
import { type BadNetwork, startBadNetwork } from './bad-network.ts'
import { createChance } from './chance.ts'
import { type Client, createClient } from './client.ts'
import { compare, type Difference } from './compare.ts'
import type { SourceConversation } from './conversation.ts'
import { type Played, play, type Stage } from './play.ts'
import { readBack } from './read-back.ts'
import type { Member, Site } from './site.ts'
import { createTally, type Tally } from './tally.ts'

export interface ReplayOptions {
  conversations: readonly SourceConversation[]
  atOnce: number
  seed: number
  /** Give up on a conversation in which nothing has moved for this long. */
  patienceMs?: number
  onProgress?: (progress: Progress) => void
}

export interface Progress {
  conversations: number
  turns: number
  cuts: number
}

export interface Outcome {
  conversations: number
  turns: number
  tally: Tally
  cuts: number
  differences: Difference[]
  /** Sentences on what did not go as it should beside the transcripts. */
  troubles: string[]
  seconds: number
}

/** A visitor's line breaks every minute of chatting or so, an agent's with all its chats a little less often. */
const chunksPerCut = { visitor: 45, agent: 900 } as const
const longestDelayMs = 250

export async function runReplay(site: Site, options: ReplayOptions): Promise<Outcome> {
  const { conversations, atOnce, seed, patienceMs = 45_000 } = options
  const startedAt = performance.now()
  const chance = createChance(seed)
  const tally = createTally()
  const to = {
    host: site.url.hostname,
    port: Number(site.url.port || (site.url.protocol === 'https:' ? 443 : 80)),
  }
  const networks: BadNetwork[] = []
  for (const part of ['visitor', 'agent'] as const)
    networks.push(await startBadNetwork(to, { chance, chunksPerCut: chunksPerCut[part], longestDelayMs }))
  const [visitorNet, agentNet] = networks as [BadNetwork, BadNetwork]
  const agents = site.members.map((member) => ({
    member,
    client: agentClient(site, member, agentNet.port, tally),
  }))
  const cuts = () => visitorNet.cuts + agentNet.cuts
  let turns = 0
  let done = 0
  const tell = () => options.onProgress?.({ conversations: done, turns, cuts: cuts() })

  const stage: Stage = {
    site,
    visitorPort: visitorNet.port,
    chance,
    tally,
    patienceMs,
    onTurn() {
      turns += 1
      tell()
    },
  }
  try {
    const played = await inTurns(conversations, atOnce, async (source, index) => {
      const agent = agents[index % agents.length]
      if (!agent) throw new Error('Nobody is there to answer.')
      const finished = await play(stage, source, agent)
      done += 1
      tell()
      return finished
    })
    const differences = await inTurns(played, 8, (one) => compareWithStore(site, one))
    return {
      conversations: conversations.length,
      turns: conversations.reduce((sum, { turns }) => sum + turns.length, 0),
      tally,
      cuts: cuts(),
      differences: differences.flat(),
      troubles: played.flatMap(({ source, troubles }) =>
        troubles.map((trouble) => `${source.id}: ${trouble}`),
      ),
      seconds: (performance.now() - startedAt) / 1_000,
    }
  } finally {
    for (const { client } of agents) client.close()
    for (const network of networks) await network.close()
  }
}

function agentClient(site: Site, member: Member, port: number, tally: Tally): Client {
  return createClient({
    url: site.url,
    port,
    tally,
    hello: async () => ({ kind: 'member', protocol: protocolVersion, ticket: await member.ticket() }),
  })
}

async function compareWithStore(site: Site, played: Played): Promise<Difference[]> {
  const { source, conversationId, visitor, agent } = played
  // What was never opened has nothing to compare with: all of it is lost.
  const store = conversationId === '' ? [] : await readBack(site.reader, conversationId)
  return compare({ conversationId: source.id, source, store, visitor, agent })
}

/** So many at a time, answers in the order of the questions. */
async function inTurns<From, To>(
  all: readonly From[],
  atOnce: number,
  work: (one: From, index: number) => Promise<To>,
): Promise<To[]> {
  const answers: To[] = []
  const left = all.entries()
  async function takeTurns(): Promise<void> {
    for (const [index, one] of left) answers[index] = await work(one, index)
  }
  await Promise.all(Array.from({ length: Math.min(atOnce, all.length) }, takeTurns))
  return answers
}
