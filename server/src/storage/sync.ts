import { open } from 'node:fs/promises'

/** Asks the disk to keep what was written to a file, or the names in a folder: without it a power cut can take a rename back. */
export async function syncPath(path: string): Promise<void> {
  const opened = await open(path, 'r')
  try {
    await opened.sync()
  } finally {
    await opened.close()
  }
}
