import type { ListItem } from './group-rows.ts'

/**
 * The list while somebody points at it: rows keep their places and are only redrawn. What came in live waits,
 * what scrolling fetched joins the end of its group, what has left the view is gone.
 */
export function holdOrder(
  shown: readonly ListItem[],
  next: readonly ListItem[],
  hasArrived: (key: string) => boolean,
): { items: ListItem[]; waiting: number } {
  const fresh = new Map(next.map((item) => [item.kind + item.key, item]))
  const known = new Set(shown.map((item) => item.kind + item.key))
  const blocks = blocksOf(shown)
  let waiting = 0
  for (const block of blocksOf(next)) {
    for (const row of block.rows) {
      if (known.has(row.kind + row.key)) continue
      if (hasArrived(row.key)) {
        waiting += 1
        continue
      }
      const same = blocks.find((other) => other.name === block.name)
      if (same) same.rows.push(row)
      else blocks.push({ name: block.name, rows: [row] })
    }
  }
  const items = blocks.flatMap(({ name, rows }): ListItem[] => {
    const left = rows.flatMap((row) => fresh.get(row.kind + row.key) ?? [])
    if (left.length === 0) return []
    return name === null ? left : [{ kind: 'head', key: name, name, count: left.length }, ...left]
  })
  return { items, waiting }
}

interface Block {
  name: string | null
  rows: ListItem[]
}

function blocksOf(items: readonly ListItem[]): Block[] {
  const blocks: Block[] = []
  for (const item of items) {
    if (item.kind === 'head') blocks.push({ name: item.name, rows: [] })
    else {
      if (blocks.length === 0) blocks.push({ name: null, rows: [] })
      blocks.at(-1)?.rows.push(item)
    }
  }
  return blocks
}
