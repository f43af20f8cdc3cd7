import { createHash } from 'node:crypto'
import { existsSync, readdirSync, readFileSync, rmSync, statSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { root } from './root.mjs'

/**
 * @typedef {object} BuildPart
 * @property {'widget' | 'console' | 'server'} name
 * @property {string[]} configs Vite configurations, in the order they are built
 */

/** @returns {BuildPart[]} */
export function buildParts() {
  return /** @type {const} */ (['widget', 'console', 'server'])
    .map((name) => ({ name, configs: configsOf(name) }))
    .filter((part) => part.configs.length > 0)
}

/** @param {string} name */
function configsOf(name) {
  return readdirSync(join(root, name))
    .filter((file) => /^vite\.(\w+\.)?config\.ts$/.test(file))
    .sort()
    .map((file) => join(root, name, file))
}

/** @param {BuildPart} part */
export const distOf = (part) => join(root, part.name, 'dist')

/** @param {BuildPart} part */
const stampOf = (part) => join(distOf(part), '.stamp')

/**
 * @param {BuildPart} part
 * @param {string} hash of the sources, taken before the build
 */
export function isBuilt(part, hash) {
  return existsSync(stampOf(part)) && readFileSync(stampOf(part), 'utf8') === hash
}

/**
 * @param {BuildPart} part
 * @param {string} hash
 */
export function markBuilt(part, hash) {
  writeFileSync(stampOf(part), hash)
}

/** @param {BuildPart} part */
export function clear(part) {
  rmSync(distOf(part), { recursive: true, force: true })
}

/**
 * Everything the result depends on; times of files say nothing after a fresh clone, contents do.
 * @param {BuildPart} part
 */
export function hashOf(part) {
  const hash = createHash('sha256')
  const sources = [part.name, 'shared', 'server/scripts', 'package-lock.json', 'tsconfig.base.json']
  for (const source of sources) {
    for (const file of filesOf(source)) hash.update(`${file}\0`).update(readFileSync(join(root, file)))
  }
  return hash.digest('hex')
}

/**
 * @param {string} path relative to the root
 * @returns {string[]}
 */
function filesOf(path) {
  if (!statSync(join(root, path)).isDirectory()) return [path]
  return readdirSync(join(root, path), { withFileTypes: true })
    .filter((entry) => !['dist', 'node_modules', 'testing'].includes(entry.name))
    .filter((entry) => !/\.test\.tsx?$/.test(entry.name))
    .map((entry) => `${path}/${entry.name}`)
    .sort()
    .flatMap(filesOf)
}
