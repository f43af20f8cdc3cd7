import { readFileSync } from 'node:fs'
import { join } from 'node:path'

/**
 * Below these a weakness is known, whatever brings the package in.
 * @type {Record<string, string>}
 */
const floors = {
  'socket.io-parser': '4.2.6',
  ws: '8.21.0',
  multer: '2.0.2',
  // CVE-2025-13033.
  nodemailer: '7.0.7',
}

/** May be given on together with AGPL-3.0 code. */
const allowed = new Set(['0BSD', 'Apache-2.0', 'BSD-2-Clause', 'BSD-3-Clause', 'ISC', 'MIT', 'MIT-0'])
/** May be as well, once NOTICE says what of it is whose: their own files stay under their own terms. */
const allowedWhenNamed = new Set(['LGPL-3.0-or-later', 'MPL-2.0'])

/**
 * Old packages that name their licence in a field npm does not read; looked at in these versions.
 * @type {Record<string, string>}
 */
const readByHand = { 'busboy@1.6.0': 'MIT', 'streamsearch@1.1.0': 'MIT', 'xmlhttprequest-ssl@2.1.2': 'MIT' }

/**
 * @typedef {{ version?: string, license?: string, deprecated?: string, link?: boolean, dev?: boolean, integrity?: string }} Locked
 * @param {Record<string, Locked>} packages of a package-lock.json
 * @param {string} notice
 * @returns {string[]} what is wrong, one sentence each
 */
export function packageProblems(packages, notice) {
  const foreign = Object.entries(packages).filter(
    ([path, { link }]) => path.includes('node_modules/') && !link,
  )
  if (foreign.length === 0) return ['package-lock.json names no packages: run npm install --ignore-scripts.']
  return foreign.flatMap(([path, locked]) => {
    const name = path.slice(path.lastIndexOf('node_modules/') + 'node_modules/'.length)
    const told = `${name} ${locked.version}`
    return [
      ...floorProblems(name, locked.version ?? ''),
      ...(locked.integrity
        ? []
        : [`${told} is locked without a hash: anything could be installed in its place.`]),
      ...(locked.deprecated ? [`${told} is deprecated: ${locked.deprecated}`] : []),
      ...licenceProblems(name, locked, notice),
    ]
  })
}

/**
 * @param {string} name
 * @param {string} version
 */
function floorProblems(name, version) {
  const floor = floors[name]
  if (floor === undefined || !isBelow(version, floor)) return []
  return [`${name} ${version} has a known weakness: ${floor} is the oldest allowed.`]
}

/**
 * A draft of a version comes before it.
 * @param {string} version
 * @param {string} floor
 */
function isBelow(version, floor) {
  const parts = (/** @type {string} */ text) => text.split(/[-+]/, 1)[0]?.split('.').map(Number) ?? []
  const [own, least] = [parts(version), parts(floor)]
  const differs = least.findIndex((number, index) => own[index] !== number)
  if (differs === -1) return version.includes('-')
  return !((own[differs] ?? 0) > (least[differs] ?? 0))
}

/**
 * @param {string} name
 * @param {Locked} locked
 * @param {string} notice
 */
function licenceProblems(name, { version, license, dev }, notice) {
  const licence = license ?? readByHand[`${name}@${version}`]
  if (licence === undefined) return [`${name} ${version} names no licence.`]
  if (isOf(licence, allowed)) return []
  if (!isOf(licence, new Set([...allowed, ...allowedWhenNamed])))
    return [`${name} ${version} is under ${licence}, which is not among the licences allowed.`]
  // What only builds and tests is not given on.
  return dev || isNamed(name, notice)
    ? []
    : [`${name} ${version} is under ${licence}: NOTICE must name it and say what it does.`]
}

/**
 * @param {string} expression as SPDX writes it: OR leaves the choice, AND does not
 * @param {Set<string>} licences
 */
function isOf(expression, licences) {
  const plain = expression.replace(/[()]/g, '')
  return plain.split(' OR ').some((choice) => choice.split(' AND ').every((licence) => licences.has(licence)))
}

/**
 * By its name, or by one with a star that stands for its platforms.
 * @param {string} name
 * @param {string} notice
 */
function isNamed(name, notice) {
  return (notice.match(/@?[\w./-]+\*?/g) ?? []).some((word) =>
    word.endsWith('*')
      ? word.length > 1 && name.startsWith(word.slice(0, -1))
      : name === word.replace(/[.]$/, ''),
  )
}

/** @param {string} root */
export function checkPackages(root) {
  const read = (/** @type {string} */ path) => readFileSync(join(root, path), 'utf8')
  return packageProblems(JSON.parse(read('package-lock.json')).packages ?? {}, read('NOTICE'))
}
