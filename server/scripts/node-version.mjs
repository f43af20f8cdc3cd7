export const oldestNode = [20, 19]

/**
 * @param {string} version as `process.versions.node` says it
 * @returns {string | undefined} what is wrong, in one sentence
 */
export function nodeProblem(version) {
  const [major = 0, minor = 0] = version.split('.').map(Number)
  const [oldestMajor = 0, oldestMinor = 0] = oldestNode
  if (major > oldestMajor || (major === oldestMajor && minor >= oldestMinor)) return undefined
  return `Parley needs Node.js ${oldestNode.join('.')} or newer, and this is ${version}. Install Node.js 24 and try again.`
}

export function requireNode() {
  const problem = nodeProblem(process.versions.node)
  if (problem === undefined) return
  console.error(problem)
  process.exit(1)
}
