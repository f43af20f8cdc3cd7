export interface Watchers {
  watch(watcher: () => void): () => void
  tell(): void
  /** However much changes meanwhile, watchers are told once: each time everything is drawn again. */
  together(work: () => void): void
}

export function createWatchers(): Watchers {
  const watchers = new Set<() => void>()
  let isTogether = false
  let isDue = false

  function tell(): void {
    isDue = isTogether
    if (!isDue) for (const watcher of watchers) watcher()
  }

  return {
    watch(watcher) {
      watchers.add(watcher)
      return () => watchers.delete(watcher)
    },
    tell,
    together(work) {
      const isWithin = isTogether
      isTogether = true
      try {
        work()
      } finally {
        isTogether = isWithin
        if (isDue) tell()
      }
    },
  }
}

/** What comes one by one in one turn is taken all at once at its end. */
export function gather<Value>(take: (values: readonly Value[]) => void): (value: Value) => void {
  const values: Value[] = []
  return (value) => {
    if (values.push(value) === 1) queueMicrotask(() => take(values.splice(0)))
  }
}
