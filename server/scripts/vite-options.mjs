import { join } from 'node:path'
import { loadConfigFromFile } from 'vite'
import { root } from './root.mjs'

/**
 * A configuration that names no root is about its own workspace, wherever the command was typed.
 * @param {import('./build-parts.mjs').BuildPart} part
 * @param {string} configFile
 * @returns {Promise<import('vite').InlineConfig>}
 */
export async function viteOptions(part, configFile) {
  const env = { command: /** @type {const} */ ('build'), mode: 'production' }
  const loaded = await loadConfigFromFile(env, configFile)
  return { configFile, logLevel: 'warn', root: loaded?.config.root ?? join(root, part.name) }
}
