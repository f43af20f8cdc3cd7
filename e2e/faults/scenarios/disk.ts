import { execFile } from 'node:child_process'
import { mkdir, mkdtemp, rm, truncate, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { promisify } from 'node:util'
import { quantile } from '../../bench/quantiles.ts'
import type { Alone, Place } from '../rig/embedded.ts'
import { refusesSoon, worksAgain } from '../rig/probe.ts'
import type { Scenario } from '../rig/stage.ts'
import { Unplayable } from '../rig/unplayable.ts'
import { until } from '../rig/until.ts'

const run = promisify(execFile)

const slowMs = 100
const slowForMs = 6_000

/** What PostgreSQL itself waits for before it has its log flushed, with the lock on it held: as long as a slow disk would take. */
export const slowDisk: Scenario = {
  id: 'F30',
  title: `a disk that takes ${slowMs} ms for each flush of PostgreSQL’s log, and PostgreSQL killed on it`,
  async play(stage) {
    const { store, recorder, cluster, lines } = stage
    const set = async (...settings: string[]) => {
      for (const setting of settings) await store.query(`alter system ${setting}`)
      await store.query('select pg_reload_conf()')
    }
    const commitMs = async () => {
      const from = performance.now()
      await store.query(`select pg_logical_emit_message(true, 'disk', 'as any commit')`)
      return performance.now() - from
    }
    stage.load(30, { cuts: false })
    await stage.pause(2_000)
    await stage.fault('a slow disk', async () => {
      await set(`set commit_delay = ${slowMs * 1_000}`, 'set commit_siblings = 0')
      try {
        // Whoever comes while somebody waits for the disk waits for the rest of it only.
        const isSlow = async () => {
          const took: number[] = []
          while (took.length < 9) took.push(await commitMs())
          return quantile(took, 0.5) >= slowMs / 4
        }
        stage.must((await until(isSlow, stage.within(5_000))) !== undefined, 'The disk was not slow.')
        const from = recorder.now()
        await stage.pause(slowForMs)
        const took = recorder.ackMs(({ submittedAt }) => submittedAt > from)
        stage.must(took.length > 20, `Only ${took.length} messages were acknowledged on a slow disk.`)
        const p99 = quantile(took, 0.99)
        stage.must(p99 < stage.within(3_000), `Acknowledgements took ${Math.round(p99)} ms (p99).`)
        // What was acknowledged before it was written would be gone.
        for (const line of lines.postgres) line.hold('both')
        await cluster.postgres.kill()
        await stage.pause(1_500)
        await cluster.postgres.start()
        for (const line of lines.postgres) line.release('lose')
        await stage.pause(2_000)
      } finally {
        await until(async () => {
          await set('reset commit_delay', 'reset commit_siblings')
          return true
        }, 10_000)
      }
    })
    await stage.pause(1_000)
  },
}

/** What is neither has no such mark. */
const filesAndFolders = ['(', '-type', 'f', '-o', '-type', 'd', ')']
const mark = (folder: string, sign: '+i' | '-i') =>
  run('find', [folder, ...filesAndFolders, '-exec', 'chattr', sign, '{}', '+'])
const lock = (folder: string) => mark(folder, '+i')
const unlock = (folder: string) => mark(folder, '-i')

/** A file system of its own whose files can be made unchangeable while they are open; only root can make one. */
async function lockableFileSystem(): Promise<Place> {
  const folder = await mkdtemp(join(tmpdir(), 'parley-lockable-disk-'))
  const [image, mounted] = [join(folder, 'image'), join(folder, 'mounted')]
  try {
    await writeFile(image, '')
    await truncate(image, 1024 ** 3)
    await mkdir(mounted)
    await run('mkfs.ext4', ['-q', image])
    await run('mount', ['-o', 'loop', image, mounted])
    await lock(mounted)
    await unlock(mounted)
  } catch (error) {
    await run('umount', [mounted]).catch(() => {})
    await rm(folder, { recursive: true, force: true })
    throw new Unplayable(`a file system of its own needs root, loop devices, mkfs.ext4 and chattr (${error})`)
  }
  return {
    folder: mounted,
    async remove() {
      await unlock(mounted)
      await run('umount', ['-l', mounted])
      await rm(folder, { recursive: true, force: true })
    },
  }
}

const readOnlyForMs = 6_000

/** A kernel refuses to remount what a program writes to; unchangeable files refuse the program likewise, and can be let go. */
export const readOnlyDisk: Scenario<Alone> & { within: typeof lockableFileSystem } = {
  id: 'F30e',
  title: 'the disk of the embedded database read-only under load, and writable again',
  within: lockableFileSystem,
  async play(stage) {
    const [talk] = stage.crew.talks
    if (!talk) throw new Error('There is no conversation for a probe.')
    const { customer, conversationId } = talk
    stage.load(20, { cuts: false })
    await stage.pause(2_000)
    for (let round = 0; round < stage.rounds; round += 1) {
      await stage.fault('read-only disk', async () => {
        try {
          await lock(stage.folder)
          await refusesSoon(stage, customer, conversationId, 'on a read-only disk')
          await stage.pause(readOnlyForMs)
          await refusesSoon(stage, customer, conversationId, 'on a disk that was read-only for a while')
        } finally {
          await unlock(stage.folder)
        }
      })
      await worksAgain(stage, customer, conversationId, 'after the disk was writable again')
    }
  },
}
