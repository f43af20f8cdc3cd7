import { execFile, spawn } from 'node:child_process'
import { once } from 'node:events'
import { mkdtemp, rm, statfs, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { promisify } from 'node:util'
import { freePort } from '@parley/server/src/testing/free-port.ts'
import { startParley } from '../../world.ts'
import type { Alone, Place } from '../rig/embedded.ts'
import { askNode, readAll } from '../rig/site.ts'
import type { Scenario } from '../rig/stage.ts'
import { Unplayable } from '../rig/unplayable.ts'
import { readOnlyDisk } from './disk.ts'

const run = promisify(execFile)
const dist = (name: string) => fileURLToPath(new URL(`../../../server/dist/${name}.js`, import.meta.url))

/** A server that cannot start: how long it took to say so, and what it said. */
async function refusal(
  env: Record<string, string>,
): Promise<{ code: number | null; said: string; ms: number }> {
  const from = performance.now()
  const child = spawn(process.execPath, [dist('main')], {
    env: { PATH: process.env.PATH ?? '', ...env },
    stdio: ['ignore', 'ignore', 'pipe'],
  })
  let said = ''
  child.stderr.setEncoding('utf8').on('data', (text: string) => {
    said += text
  })
  const [code] = (await once(child, 'close')) as [number | null]
  return { code, said, ms: performance.now() - from }
}

const refuseWithinMs = 2_000

export const secondServer: Scenario<Alone> = {
  id: 'F32',
  title: 'a second server on the folder of the embedded database',
  async play(stage) {
    stage.load(20)
    await stage.pause(1_000)
    await stage.fault('a second server', async () => {
      // What starting the program costs on this machine, with a mistake that is noticed at once.
      const baseline = await refusal({ PORT: 'none' })
      for (let round = 0; round < stage.rounds; round += 1) {
        const second = await refusal({ DATA_DIR: stage.folder, PORT: String(await freePort()) })
        stage.must(second.code === 1, `The second server ended with ${second.code}.`)
        stage.must(
          second.said.includes(`is in use by process ${stage.world().pid}`),
          'The second server did not say who has the folder.',
          second.said,
        )
        stage.must(
          second.ms - baseline.ms <= stage.within(refuseWithinMs),
          `It took ${Math.round(second.ms - baseline.ms)} ms to refuse.`,
        )
      }
    })
    await stage.pause(1_000)
  },
}

export const killedAlone: Scenario<Alone> = {
  id: 'F01e',
  title: 'the server killed in the middle of a burst, on the embedded database',
  async play(stage) {
    stage.load(30)
    await stage.pause(1_500)
    for (let round = 0; round < stage.rounds; round += 1) {
      await stage.fault('kill -9 of the server', async () => {
        await stage.world().kill9()
        stage.forgetServer()
        await stage.startServer()
      })
      await stage.pause(1_500)
    }
  },
}

export const restoreDrill: Scenario<Alone> = {
  id: 'F40',
  title: 'a backup taken under load and restored beside it',
  async play(stage) {
    const { recorder, crew } = stage
    stage.load(30)
    await stage.pause(2_000)
    const from = recorder.now()
    const env = { PATH: process.env.PATH ?? '', DATA_DIR: stage.folder }
    const { stdout } = await stage.fault('a backup', () =>
      run(process.execPath, [dist('upkeep'), 'backup'], { env }),
    )
    await stage.pause(1_500)
    const path = /^(.+\.tar\.gz):/.exec(stdout)?.[1] ?? ''
    const elsewhere = await mkdtemp(join(tmpdir(), 'parley-restored-'))
    const restored = { ...env, DATA_DIR: elsewhere }
    await run(process.execPath, [dist('upkeep'), 'restore', path], { env: restored })
    const world = await startParley({ dataDir: elsewhere, env: { RATE_LIMIT_FACTOR: '100000' } })
    try {
      const site = { ...stage.site, origin: world.url }
      const old = await askNode(
        site,
        world.port,
        '/api/v1/commands/countInbox',
        {},
        crew.members.daniel.proof(),
      )
      stage.must(
        old.status === 401 || old.status === 403,
        `A sign-in from before the restore is answered with ${old.status}.`,
      )
      for (const { conversationId, customer } of crew.talks) {
        const { events } = await readAll(site, world.port, conversationId, customer.proof())
        stage.must(
          events.every(({ position }, at) => position === at + 1),
          'A restored stream has a hole.',
          conversationId,
        )
        const there = new Set(events.map(({ requestId }) => requestId))
        const missing = recorder.history.sent.find(
          (wish) =>
            wish.conversationId === conversationId &&
            wish.kind === 'message' &&
            wish.result === 'ok' &&
            (wish.endedAt ?? Infinity) < from &&
            !there.has(wish.requestId),
        )
        stage.must(
          missing === undefined,
          `“${missing?.text}” was acknowledged before the backup and is not in it.`,
          missing,
        )
        const wish = {
          requestId: `after-restore-${conversationId.slice(-8)}`,
          conversationId,
          text: 'goes on',
        }
        const answer = await askNode(site, world.port, '/api/v1/commands/sendMessage', wish, customer.proof())
        const { position } = (await answer.json()) as { position?: number }
        stage.must(
          position === events.length + 1,
          `The next number after a restore is ${position} instead of ${events.length + 1}.`,
        )
      }
    } finally {
      await world.stop()
      await rm(elsewhere, { recursive: true, force: true })
    }
  },
}

/** Room for the database and a little more. */
const smallDisk = '160m'

/** A file system of its own; only root can make one. */
async function smallFileSystem(): Promise<Place> {
  const folder = await mkdtemp(join(tmpdir(), 'parley-small-disk-'))
  const options = `size=${smallDisk},mode=0777`
  await run('mount', ['-t', 'tmpfs', '-o', options, 'tmpfs', folder]).catch(async (error: unknown) => {
    await rm(folder, { recursive: true, force: true })
    throw new Unplayable(`a file system of its own needs root (${error})`)
  })
  return {
    folder,
    async remove() {
      await run('umount', ['-l', folder])
      await rm(folder, { recursive: true, force: true })
    },
  }
}

async function fill(folder: string): Promise<() => Promise<void>> {
  const path = join(folder, 'ballast')
  const { bavail, bsize } = await statfs(folder)
  // As any other program would: all there is.
  await writeFile(path, Buffer.alloc(Number(bavail) * Number(bsize))).catch(() => {})
  return () => rm(path, { force: true })
}

export const fullDisk: Scenario<Alone> & { within: typeof smallFileSystem } = {
  id: 'F29',
  title: 'the disk of the embedded database full, and freed again',
  within: smallFileSystem,
  async play(stage) {
    const { crew } = stage
    stage.load(20, { cuts: false })
    await stage.pause(2_000)
    for (let round = 0; round < stage.rounds; round += 1)
      await stage.fault('full disk', async () => {
        const free = await fill(stage.folder)
        await stage.pause(6_000)
        const [talk] = crew.talks
        const read =
          talk && (await talk.customer.once('readConversation', { conversationId: talk.conversationId }))
        stage.must(read?.ok === true, 'A conversation could not be read while the disk was full.', read)
        await free()
        await stage.pause(3_000)
      })
  },
}

export const onOneFolder: readonly (Scenario<Alone> & { within?: () => Promise<Place> })[] = [
  secondServer,
  killedAlone,
  restoreDrill,
  fullDisk,
  readOnlyDisk,
]
