import { mkdtemp, readFile, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'

export interface Collected {
  heapBytes: number
  residentBytes: number
}

export interface Collector {
  /** What a server must be started with. */
  env: Record<string, string>
  /** Memory of that server once its garbage is gone. */
  collect(pid: number): Promise<Collected>
  remove(): Promise<void>
}

const withinMs = 30_000
const lookEveryMs = 50

/** Memory between two collections says when the last one was, not what is kept. */
export async function openCollector(): Promise<Collector> {
  const folder = await mkdtemp(join(tmpdir(), 'parley-collected-'))
  const file = join(folder, 'memory.json')
  const preload = fileURLToPath(new URL('./collect-on-signal.mjs', import.meta.url))
  return {
    env: { NODE_OPTIONS: `--import ${preload}`, COLLECTED_FILE: file },
    async collect(pid) {
      await rm(file, { force: true })
      process.kill(pid, 'SIGUSR2')
      for (const from = performance.now(); performance.now() - from < withinMs; ) {
        const text = await readFile(file, 'utf8').catch(() => undefined)
        if (text !== undefined) return JSON.parse(text) as Collected
        await new Promise((next) => setTimeout(next, lookEveryMs))
      }
      throw new Error('The server did not collect its garbage.')
    },
    remove: () => rm(folder, { recursive: true, force: true }),
  }
}
