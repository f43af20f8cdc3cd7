import { readFileSync } from 'node:fs'
import { join } from 'node:path'

/**
 * @typedef {{ resolved?: string, link?: boolean, optionalDependencies?: Record<string, string> }} Locked
 * @param {Record<string, Locked>} packages of a package-lock.json
 * @returns {string[]} what is wrong, one sentence each
 */
export function lockfileProblems(packages) {
  const entries = Object.entries(packages)
  if (entries.length < 2) return ['package-lock.json names no packages: run npm install --ignore-scripts.']
  const addresses = entries
    .filter(([, locked]) => !locked.link && /^\w+:\/\//.test(locked.resolved ?? ''))
    .map(
      ([path]) => `${path} carries the address it came from: keep omit-lockfile-registry-resolved in .npmrc.`,
    )
  const missing = entries.flatMap(([path, locked]) =>
    Object.keys(locked.optionalDependencies ?? {})
      .filter((name) => !isLocked(packages, path, name))
      .map(
        (name) => `${path || 'The root'} may need ${name}, which has no entry: npm ci would fail elsewhere.`,
      ),
  )
  return [...addresses, ...missing]
}

/**
 * As Node looks for it: in the package's own folder, then in every folder above.
 * @param {Record<string, Locked>} packages
 * @param {string} path
 * @param {string} name
 */
function isLocked(packages, path, name) {
  for (let from = path; ; from = from.slice(0, Math.max(0, from.lastIndexOf('/')))) {
    if (`${from ? `${from}/` : ''}node_modules/${name}` in packages) return true
    if (from === '') return false
  }
}

/** @param {string} root */
export function checkLockfile(root) {
  const lock = JSON.parse(readFileSync(join(root, 'package-lock.json'), 'utf8'))
  return lockfileProblems(lock.packages ?? {})
}
