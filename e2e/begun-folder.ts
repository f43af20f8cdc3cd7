import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { startParley } from './world.ts'

let dataDir: string | undefined

/** Once for all files of a run: a data folder on which Parley has started and stopped, for each world to begin on a copy. */
export async function setup(): Promise<void> {
  dataDir = await mkdtemp(join(tmpdir(), 'parley-begun-'))
  const world = await startParley({ dataDir })
  await world.stop()
  process.env.BEGUN_FOLDER = dataDir
}

export async function teardown(): Promise<void> {
  if (dataDir) await rm(dataDir, { recursive: true, force: true })
}
