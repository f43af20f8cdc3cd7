/** Two letters at most: the first of the first and of the last word that begins with one. */
export function initials(name: string): string {
  const words = name
    .trim()
    .split(/\s+/)
    .filter((word) => /^[\p{L}\p{N}]/u.test(word))
  const letters = words.length > 1 ? [words[0], words[words.length - 1]] : [words[0]]
  const short = letters.map((word) => firstLetter(word ?? '')).join('')
  return short === '' ? '?' : short.toLocaleUpperCase()
}

function firstLetter(word: string): string {
  for (const letter of word) return letter
  return ''
}
