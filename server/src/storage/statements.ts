/** How many texts one process keeps prepared: every connection holds a plan for each. */
const MOST_PREPARED = 400
const MOST_SEEN = 2_000

/**
 * Names for statements that come again, so the server parses and plans them once per connection. A text
 * seen once stays unnamed: statements built for one occasion must not pile up on the server.
 */
export function statementNames() {
  const seen = new Map<string, string | undefined>()
  let prepared = 0
  return (text: string): string | undefined => {
    if (!seen.has(text)) {
      if (seen.size < MOST_SEEN) seen.set(text, undefined)
      return undefined
    }
    const name = seen.get(text)
    if (name || prepared >= MOST_PREPARED) return name
    prepared += 1
    const fresh = `parley_${prepared}`
    seen.set(text, fresh)
    return fresh
  }
}
