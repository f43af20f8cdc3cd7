/** The list with one item moved; a place outside the list changes nothing. */
export function moved<T>(list: readonly T[], from: number, to: number): T[] {
  const next = [...list]
  if (from === to || to < 0 || to >= list.length || from < 0 || from >= list.length) return next
  next.splice(to, 0, ...next.splice(from, 1))
  return next
}

export function without<T>(list: readonly T[], at: number): T[] {
  return list.filter((_, index) => index !== at)
}

export function replaced<T>(list: readonly T[], at: number, item: T): T[] {
  return list.map((kept, index) => (index === at ? item : kept))
}

/** Where focus goes when an item is removed: the one that takes its place, else the last. */
export function neighbour(length: number, removed: number): number | undefined {
  return length <= 1 ? undefined : Math.min(removed, length - 2)
}
