/** What stands before a space in the patterns that reach over one: "f ck". */
const reaching = ['f', 'g', 'h', 'm', 'v', 'double'] as const
const longest = 40
const mostKept = 20_000

export interface CleanWords {
  /** True only for a text in which nothing is found; false says that it must be looked through. */
  areAll(text: string): boolean
}

/** People use few words: each is looked through once, and a text of nothing but clean ones not again. */
export function createCleanWords(isFoundIn: (text: string) => boolean): CleanWords {
  const clean = new Set<string>()

  function isClean(word: string): boolean {
    if (word === '' || clean.has(word)) return true
    if (word.length > longest || isFoundIn(word)) return false
    if (reaching.some((start) => isFoundIn(`${start} ${word}`))) return false
    if (clean.size >= mostKept) clean.clear()
    clean.add(word)
    return true
  }

  return { areAll: (text) => text.split(/\s+/).every(isClean) }
}
