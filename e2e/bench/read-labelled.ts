import { readFileSync } from 'node:fs'
import { join } from 'node:path'

export interface Labelled {
  label: string
  language: string
  text: string
  /** The message before it, where that matters. */
  previousText?: string
}

/** Lines of `label`, language and text with tabs between; what they mean is told in the folder's README. */
export function readLabelled(folder: 'flags' | 'tone', file: 'messages' | 'held-out' | 'unseen'): Labelled[] {
  const path = join(import.meta.dirname, folder, `${file}.tsv`)
  return readFileSync(path, 'utf8')
    .split('\n')
    .filter((line) => line !== '' && !line.startsWith('#'))
    .map((line, index) => {
      const [label, language, written] = line.split('\t')
      if (!label || !language || !written) throw new Error(`${path} has no message in its line ${index + 2}.`)
      const [first = '', second] = written.replaceAll('\\u200b', '\u200b').split(' ⏎ ')
      return second === undefined
        ? { label, language, text: first }
        : { label, language, text: second, previousText: first }
    })
}
