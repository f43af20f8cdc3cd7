/** A new id from a label, in the shape the protocol asks for, that no other of the list has. */
export function freshId(label: string, taken: readonly string[], fallback = 'question'): string {
  const words = label
    .normalize('NFKD')
    .replace(/[^A-Za-z0-9 ]/g, '')
    .trim()
    .split(/ +/)
    .filter((word) => word !== '')
    .slice(0, 4)
  const camel = words
    .map((word, index) => {
      const lower = word.toLowerCase()
      return index === 0 ? lower : lower.charAt(0).toUpperCase() + lower.slice(1)
    })
    .join('')
    .replace(/^[0-9]+/, '')
    .slice(0, 36)
  const base = /^[a-z]/.test(camel) ? camel : fallback
  if (!taken.includes(base)) return base
  let count = 2
  while (taken.includes(`${base}${count}`)) count += 1
  return `${base}${count}`
}
