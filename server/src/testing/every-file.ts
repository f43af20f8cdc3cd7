import { readdir, readFile } from 'node:fs/promises'
import { join } from 'node:path'

/** Names and bytes of all that lies under a folder, to look for what should not be there. */
export async function everyFileIn(folder: string): Promise<string> {
  const entries = await readdir(folder, { recursive: true, withFileTypes: true })
  const files = entries.filter((entry) => entry.isFile())
  const contents = await Promise.all(files.map((file) => contentOf(join(file.parentPath, file.name))))
  return [...files.map(({ name }) => name), ...contents].join('\n')
}

/** What is swept away between the look at the folder and the look into the file holds nothing any more. */
async function contentOf(path: string): Promise<string> {
  try {
    return await readFile(path, 'latin1')
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === 'ENOENT') return ''
    throw error
  }
}
