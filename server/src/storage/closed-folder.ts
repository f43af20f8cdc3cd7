import { open, readFile, rm } from 'node:fs/promises'
import { join } from 'node:path'

/** A file in the data folder that keeps its database closed, and says why in words for the person who starts the server. */
const name = 'CLOSED'

export async function closeFolder(dataDir: string, why: string): Promise<void> {
  const file = await open(join(dataDir, name), 'w', 0o600)
  try {
    await file.writeFile(`${why}\n`)
    await file.sync()
  } finally {
    await file.close()
  }
}

export async function reopenFolder(dataDir: string): Promise<void> {
  await rm(join(dataDir, name), { force: true })
}

export async function whyClosed(dataDir: string): Promise<string | undefined> {
  return readFile(join(dataDir, name), 'utf8').then(
    (why) => why.trim(),
    () => undefined,
  )
}
