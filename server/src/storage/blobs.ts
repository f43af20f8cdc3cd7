import { randomBytes } from 'node:crypto'
import { mkdir, open, readdir, readFile, rename, rm } from 'node:fs/promises'
import { dirname, join } from 'node:path'
import { syncPath } from './sync.ts'

export interface BlobStore {
  /** Durable when it resolves. The same key again replaces the content. */
  put(key: string, bytes: Uint8Array): Promise<void>
  get(key: string): Promise<Uint8Array | undefined>
  /** Also when there is nothing to delete. */
  delete(key: string): Promise<void>
}

/** The only keys there are: nothing a person typed can become a path. */
const KEY = /^[a-z0-9]{32}$/

export function newBlobKey(random: (size: number) => Uint8Array = randomBytes): string {
  return Buffer.from(random(16)).toString('hex')
}

export function diskBlobs(dataDir: string): BlobStore {
  const root = join(dataDir, 'files')

  function pathOf(key: string) {
    if (!KEY.test(key)) throw new TypeError('A blob key is 32 lower-case letters and digits.')
    return join(root, key.slice(0, 2), key.slice(2, 4), key)
  }

  return {
    async put(key, bytes) {
      const path = pathOf(key)
      const folder = dirname(path)
      const draft = `${path}.${newBlobKey()}.part`
      await mkdir(folder, { recursive: true, mode: 0o700 })
      try {
        const file = await open(draft, 'wx', 0o600)
        try {
          await file.writeFile(bytes)
          await file.sync()
        } finally {
          await file.close()
        }
        await rename(draft, path)
      } catch (error) {
        await rm(draft, { force: true })
        throw error
      }
      await syncPath(folder)
    },

    async get(key) {
      try {
        return await readFile(pathOf(key))
      } catch (error) {
        if ((error as NodeJS.ErrnoException).code === 'ENOENT') return undefined
        throw error
      }
    },

    async delete(key) {
      const path = pathOf(key)
      // A process that was killed while it wrote has left its draft.
      const drafts = (await namesIn(dirname(path))).filter((name) => name.startsWith(`${key}.`))
      for (const name of [key, ...drafts]) await rm(join(dirname(path), name), { force: true })
    },
  }
}

async function namesIn(folder: string): Promise<string[]> {
  try {
    return await readdir(folder)
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === 'ENOENT') return []
    throw error
  }
}
