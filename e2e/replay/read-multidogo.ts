import type { Told } from './conversation.ts'

const columns = ['conversationId', 'turnNumber', 'utterance'] as const

/** Customer turns in tab-separated lines; a field in double quotes may hold tabs and line breaks. */
export function readMultidogo(content: string): Told[] {
  const [names = [], ...rows] = rowsOf(content)
  const at = columns.map((name) => names.indexOf(name))
  const missing = columns.filter((_, index) => at[index] === -1)
  if (missing.length > 0) throw new Error(`The first line names no column ${missing.join(', ')}.`)
  const [idAt = 0, turnAt = 0, textAt = 0] = at
  const found = new Map<string, { turn: number; text: string }[]>()
  for (const row of rows) {
    const id = row[idAt] ?? ''
    found.set(id, [...(found.get(id) ?? []), { turn: Number(row[turnAt]), text: row[textAt] ?? '' }])
  }
  return [...found].map(([id, said]) => ({
    id,
    subject: '',
    turns: said.sort((one, other) => one.turn - other.turn).map(({ text }) => ({ by: 'customer', text })),
  }))
}

function rowsOf(content: string): string[][] {
  const rows: string[][] = []
  let row: string[] = []
  // One field with what ends it: quoted with doubled quotes inside, or bare up to the next tab or line break.
  for (const [, quoted, bare, end] of content.matchAll(/(?:"((?:[^"]|"")*)"|([^\t\r\n]*))(\t|\r?\n|$)/g)) {
    row.push(quoted?.replaceAll('""', '"') ?? bare ?? '')
    if (end === '\t') continue
    if (row.length > 1) rows.push(row)
    row = []
    if (end === '') break
  }
  return rows
}
