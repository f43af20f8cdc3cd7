import { firstName } from '../inbox/row-words.ts'
import type { Viewer, ViewingMode } from './use-colleagues.ts'

/** One line about who else is here; a warning when two people are about to answer. */
export function colleaguesWords(
  viewers: readonly Viewer[],
  ownMode: ViewingMode,
): { text: string; isWarning: boolean; lead: string } | null {
  const [first, ...more] = [...viewers].sort((one, other) => rank(one.mode) - rank(other.mode))
  if (first === undefined) return null
  const name = firstName(first.name)
  const others = more.length === 0 ? '' : more.length === 1 ? ' and 1 other' : ` and ${more.length} others`
  if (first.mode === 'replying') {
    const isWarning = ownMode === 'replying'
    return {
      text: `${name} is replying${isWarning ? ' too' : ''}${more.length > 0 ? `; ${more.length} more here` : ''}`,
      isWarning,
      lead: first.name,
    }
  }
  const verb = more.length === 0 ? 'is' : 'are'
  const note = first.mode === 'noting' ? `${name} is viewing and writing a note` : null
  return { text: note ?? `${name}${others} ${verb} viewing`, isWarning: false, lead: first.name }
}

function rank(mode: ViewingMode): number {
  return { replying: 0, noting: 1, viewing: 2 }[mode]
}
