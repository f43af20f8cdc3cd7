import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { openEmbedded } from '@parley/server/src/storage/embedded.ts'
import { pino } from 'pino'
import { startParley, type World } from '../../world.ts'
import type { Crew } from './crew.ts'
import type { Site } from './site.ts'
import { askNode } from './site.ts'
import { type Outcome, perform, type Scenario } from './stage.ts'
import { type Heads, readKept, type Store } from './store.ts'

/** One server on the embedded database, in a folder of its own. */
export interface Alone {
  folder: string
  world(): World
  stopServer(): Promise<void>
  /** It was killed: the next one may be started. */
  forgetServer(): void
  startServer(): Promise<void>
}

export interface Place {
  folder: string
  remove(): Promise<void>
}

async function anyFolder(): Promise<Place> {
  const folder = await mkdtemp(join(tmpdir(), 'parley-alone-'))
  return { folder, remove: () => rm(folder, { recursive: true, force: true }) }
}

const env = { RATE_LIMIT_FACTOR: '100000' }

export async function performEmbedded(
  scenario: Scenario<Alone> & { within?: () => Promise<Place> },
  options: { seed: number; rounds: number | undefined },
): Promise<Outcome> {
  const place = await (scenario.within ?? anyFolder)()
  const { folder } = place
  let world: World | undefined = await startParley({ dataDir: folder, env })
  const { url, port } = world
  /** By servers that were stopped or killed since. */
  let saidBefore = ''
  const said = () => saidBefore + (world?.said() ?? '')
  const leave = () => {
    saidBefore = said()
    world = undefined
  }
  const own: Alone = {
    folder,
    world() {
      if (!world) throw new Error('The server does not run.')
      return world
    },
    async stopServer() {
      const stopping = world
      leave()
      await stopping?.stop()
    },
    forgetServer: leave,
    async startServer() {
      world ??= await startParley({ dataDir: folder, env: { ...env, PORT: String(port), PUBLIC_URL: url } })
    },
  }
  const site: Site = { origin: url, ready: () => (world ? [port] : []), proofs: new Map() }
  const ends = () => (world?.hasEnded() ? [{ node: 'the server', why: world.said().slice(-2_000) }] : [])
  try {
    return await perform(
      {
        own,
        site,
        ends,
        said,
        heal: own.startServer,
        openStore: async (crew) => folderStore(own, site, port, crew),
      },
      scenario,
      options,
    )
  } finally {
    await own.stopServer()
    await place.remove()
  }
}

/** Nobody else can open the folder while the server runs: heads are asked of it, the log is read while it stands still. */
function folderStore(own: Alone, site: Site, port: number, crew: Crew): Store {
  const isolated = async (): Promise<never> => {
    throw new Error('The embedded database belongs to its server.')
  }
  return {
    query: isolated,
    holding: isolated,
    async heads() {
      const heads: Heads = new Map()
      for (const { conversationId, customer, answers } of crew.talks) {
        const of = { customer: 0, vendor: 0, staff: 0 }
        for (const person of [customer, answers, crew.members.daniel]) {
          const wish = { conversationId, limit: 1 }
          const answer = await askNode(site, port, '/api/v1/commands/readConversation', wish, person.proof())
          of[person.reader] = ((await answer.json()) as { head: number }).head
        }
        heads.set(conversationId, of)
      }
      return heads
    },
    async read(conversationIds, since) {
      await own.stopServer()
      const database = await openEmbedded({ dataDir: own.folder, logger: pino({ level: 'silent' }) })
      try {
        return await readKept(database, conversationIds, since)
      } finally {
        await database.close()
        await own.startServer()
      }
    },
    async close() {},
  }
}
