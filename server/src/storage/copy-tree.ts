import { constants } from 'node:fs'
import { copyFile, mkdir, readdir } from 'node:fs/promises'
import { join } from 'node:path'

/**
 * A folder with all that is in it, several files at once: a database is a thousand small ones, for which `cp` of node takes
 * six times as long. Where the file system can, nothing is copied until one of the two is written to.
 */
export async function copyTree(from: string, to: string, isWanted: (name: string) => boolean): Promise<void> {
  await mkdir(to, { mode: 0o700 })
  const entries = await readdir(from, { withFileTypes: true })
  await Promise.all(
    entries.map(async (entry) => {
      const [source, target] = [join(from, entry.name), join(to, entry.name)]
      if (entry.isDirectory()) await copyTree(source, target, isWanted)
      else if (isWanted(entry.name)) await copyFile(source, target, constants.COPYFILE_FICLONE)
    }),
  )
}
