import { mkdtemp, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { silent } from '../testing/database.ts'
import { FolderLocked, lockFolder } from './lock.ts'

let folder: string
beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), 'parley-lock-'))
})
afterEach(() => rm(folder, { recursive: true, force: true }))

describe.each([
  ['with flock', 'flock'],
  ['without flock', '/nowhere/flock'],
])('%s', (_name, flock) => {
  const lock = () => lockFolder(folder, { logger: silent, flock })

  it('gives a folder to one holder at a time and names the one that has it', async () => {
    const first = await lock()
    const second = await lock().catch((error: unknown) => error)
    expect(second).toBeInstanceOf(FolderLocked)
    expect(String(second)).toContain(`${folder} is in use by process ${process.pid}. Stop it first`)
    await first.release()
    await (await lock()).release()
  })
})

describe('the lock on a data folder', () => {
  it('tells when it is lost while we run', async () => {
    const lost = new Promise<void>((onLost) => {
      void lockFolder(folder, { logger: silent, onLost }).then(({ holder }) => {
        if (holder) process.kill(-holder, 'SIGKILL')
      })
    })
    await lost
    await (await lockFolder(folder, { logger: silent })).release()
  })

  it('takes over the file of a process that no longer lives where there is no flock', async () => {
    const gone = 2 ** 22 + 1
    await writeFile(join(folder, 'parley.lock.pid'), `${gone}\n`)
    const lock = await lockFolder(folder, { logger: silent, flock: '/nowhere/flock' })
    await lock.release()
    expect(lock.holder).toBe(process.pid)
  })
})
