export interface Watchers {
  watch(watcher: () => void): () => void
  tell(): void
  /** However much changes meanwhile, watchers are told once: each time everything is drawn again. */
  together(work: () => void): void
}

export function createWatchers(): Watchers {
  const watchers = new Set<() => void>()
  let depth = 0
  let isDue = false

  function tell(): void {
    isDue = true
    if (depth > 0) return
    isDue = false
    for (const watcher of watchers) watcher()
  }

  return {
    watch(watcher) {
      watchers.add(watcher)
      return () => watchers.delete(watcher)
    },
    tell,
    together(work) {
      depth += 1
      try {
        work()
      } finally {
        depth -= 1
        if (depth === 0 && isDue) tell()
      }
    },
  }
}

/** What comes one by one in one turn is taken all at once at its end. */
export function gather<Value>(take: (values: readonly Value[]) => void): (value: Value) => void {
  let values: Value[] = []
  return (value) => {
    if (values.push(value) > 1) return
    queueMicrotask(() => {
      const gathered = values
      values = []
      take(gathered)
    })
  }
}
