/** What Vitest's reporter calls and Node 20 lacks; without it a failing test takes its message along. */
type Key = string | number | symbol

const lacking = {
  mapGroupBy: <T, K>(items: Iterable<T>, keyOf: (item: T, index: number) => K) => {
    const groups = new Map<K, T[]>()
    let index = 0
    for (const item of items) {
      const key = keyOf(item, index++)
      const group = groups.get(key)
      if (group) group.push(item)
      else groups.set(key, [item])
    }
    return groups
  },
  objectGroupBy: <T>(items: Iterable<T>, keyOf: (item: T, index: number) => Key) =>
    Object.assign(Object.create(null), Object.fromEntries(lacking.mapGroupBy(items, keyOf))),
  withResolvers: () => {
    let resolve: unknown
    let reject: unknown
    const promise = new Promise((...ends) => {
      ;[resolve, reject] = ends
    })
    return { promise, resolve, reject }
  },
}

function supply(target: object, name: string, value: unknown) {
  if (!(name in target)) Object.defineProperty(target, name, { value, configurable: true, writable: true })
}

supply(Map, 'groupBy', lacking.mapGroupBy)
supply(Object, 'groupBy', lacking.objectGroupBy)
supply(Promise, 'withResolvers', lacking.withResolvers)
