/** How many texts one process keeps prepared: every connection holds a plan for each. */
const MOST_PREPARED = 400
const MOST_SEEN = 2_000

export interface StatementNames {
  /** The name to prepare this text under, or nothing while it is not worth it. */
  of(text: string): string | undefined
  /** The plan behind the name no longer fits its tables: from now on the text has another name. */
  renew(text: string): void
}

/**
 * Names for statements that come again, so the server parses and plans them once per connection. A text
 * seen once stays unnamed: statements built for one occasion must not pile up on the server.
 */
export function statementNames(): StatementNames {
  const seen = new Map<string, string | undefined>()
  let prepared = 0

  function rename(text: string) {
    prepared += 1
    const name = `parley_${prepared}`
    seen.set(text, name)
    return name
  }

  return {
    of(text) {
      if (!seen.has(text)) {
        if (seen.size < MOST_SEEN) seen.set(text, undefined)
        return undefined
      }
      return seen.get(text) ?? (prepared < MOST_PREPARED ? rename(text) : undefined)
    },
    renew: (text) => void rename(text),
  }
}
