import { existsSync, readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { readMultidogo } from '../replay/read-multidogo.ts'

/** Beside the repository: not ours, and not copied into it. */
export const realFolder = join(import.meta.dirname, '../../../shared/data')

/** What customers wrote in real conversations, evenly spread over all there are; nothing where the folder is absent. */
export function realMessages(folder: string, most: number): string[] {
  if (!existsSync(folder)) return []
  const all = readdirSync(folder)
    .filter((name) => /^multidogo-.*\.tsv$/.test(name))
    .sort()
    .flatMap((name) => readMultidogo(readFileSync(join(folder, name), 'utf8')))
    .flatMap(({ turns }) => turns.map(({ text }) => text))
  const step = Math.max(1, Math.floor(all.length / most))
  return all.filter((_, index) => index % step === 0).slice(0, most)
}
