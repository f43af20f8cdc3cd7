/**
 * @typedef {{ 'bom-ref': string, name: string, version: string, licenses?: unknown[] }} Component
 * @typedef {{ ref: string, dependsOn: string[] }} Needs
 * @typedef {{ metadata: { component: { name: string } }, components: Component[], dependencies: Needs[] }} Bill
 */

/**
 * What of everything is needed while Parley runs, the clients' bundles included. npm's own `--omit=dev` leaves out what
 * one workspace needs to run and another only for its tests, as it is with sharp.
 * @param {Bill} all as `npm sbom` writes it for every workspace
 * @param {Record<string, string[]>} needs which packages each workspace that is shipped needs to run
 * @returns {Bill}
 */
export function neededToRun(all, needs) {
  const dependsOn = new Map(all.dependencies.map(({ ref, dependsOn }) => [ref, dependsOn]))
  const nameOf = (/** @type {string} */ ref) => ref.slice(0, ref.lastIndexOf('@'))
  /** @param {string} ref */
  const nextOf = (ref) => {
    const next = dependsOn.get(ref) ?? []
    if (!nameOf(ref).startsWith('@parley/')) return next
    return next.filter((each) => needs[nameOf(ref)]?.includes(nameOf(each)))
  }
  const begun = all.components.map((each) => each['bom-ref']).filter((ref) => nameOf(ref) in needs)
  const reached = new Set(begun)
  for (const ref of reached) for (const each of nextOf(ref)) reached.add(each)
  const root = all.dependencies[0]?.ref ?? ''
  return {
    ...all,
    components: all.components.filter((each) => reached.has(each['bom-ref'])),
    dependencies: [
      { ref: root, dependsOn: begun },
      ...[...reached].map((ref) => ({ ref, dependsOn: nextOf(ref) })),
    ],
  }
}
