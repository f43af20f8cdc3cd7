/**
 * @typedef {{ source: number, name: string, title: string, url: string, severity: string, range: string }} Advisory
 * @typedef {{ isDirect?: boolean, via?: (string | Advisory)[], fixAvailable?: boolean | { name: string, version: string } }} Affected
 * @typedef {{ auditReportVersion?: number, message?: string, vulnerabilities?: Record<string, Affected>, metadata?: { dependencies?: { prod?: number } } }} Report
 */

/** Of a kind that may wait; what is unknown may not. */
const mayWait = new Set(['info', 'low', 'moderate'])

/**
 * Without a date in the answer nothing can be told to be young enough to wait: every high one counts at once.
 * @param {string} output of `npm audit --json`
 * @returns {{ problems: string[], told: string[] }}
 */
export function judgeAdvisories(output) {
  const report = read(output)
  const asked = report?.metadata?.dependencies?.prod ?? 0
  if (report?.auditReportVersion !== 2 || !report.vulnerabilities || asked < 1) {
    const why = report?.message ?? 'its answer is of no known form'
    return { problems: [`Nothing is known: the registry gave no advisories (${why}).`], told: [] }
  }
  const affected = Object.values(report.vulnerabilities)
  /** @type {Map<string, { advisory: Advisory, fix: string }>} */
  const found = new Map()
  for (const { via = [], fixAvailable } of affected)
    for (const advisory of via)
      if (typeof advisory === 'object')
        found.set(`${advisory.source} ${advisory.name}`, { advisory, fix: fixOf(fixAvailable) })
  const sentences = [...found.values()].map(({ advisory, fix }) => ({
    isFailing: !mayWait.has(advisory.severity),
    text: `${advisory.name} ${advisory.range}: ${advisory.title} (${advisory.severity}, ${advisory.url}). ${fix}`,
  }))
  const problems = sentences.filter(({ isFailing }) => isFailing).map(({ text }) => text)
  const others = sentences.filter(({ isFailing }) => !isFailing).map(({ text }) => text)
  return {
    problems,
    told: [
      ...others,
      `${asked} packages asked about: ${problems.length} high or critical, ${others.length} below.`,
    ],
  }
}

/** @param {Affected['fixAvailable']} fix */
function fixOf(fix) {
  if (!fix) return 'No fix is known yet.'
  return fix === true ? 'npm update brings the fix.' : `Fixed with ${fix.name} ${fix.version}.`
}

/**
 * @param {string} output
 * @returns {Report | undefined}
 */
function read(output) {
  try {
    return JSON.parse(output)
  } catch {
    return undefined
  }
}
