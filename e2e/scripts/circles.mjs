/**
 * @param {Map<string, Set<string>>} uses
 * @returns {string[][]} each circle once, its first name again at the end
 */
export function circlesOf(uses) {
  /** @type {string[][]} */
  const circles = []
  const done = new Set()

  /**
   * @param {string} name
   * @param {string[]} path
   */
  function walk(name, path) {
    const start = path.indexOf(name)
    if (start >= 0) {
      circles.push([...path.slice(start), name])
      return
    }
    if (done.has(name)) return
    for (const next of [...(uses.get(name) ?? [])].sort()) walk(next, [...path, name])
    done.add(name)
  }
  for (const name of [...uses.keys()].sort()) walk(name, [])
  return circles
}
