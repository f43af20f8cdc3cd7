import { readdirSync } from 'node:fs'
import { join } from 'node:path'

const left = new Set(['node_modules', 'dist', 'data', '.git', 'test-results', 'screens', '.vite'])

/**
 * Every file of the project as it lies on the disk, committed or not.
 * @param {string} root
 * @param {string} [folder] relative to the root
 * @returns {string[]} paths relative to the root, with `/`
 */
export function filesOf(root, folder = '') {
  return readdirSync(join(root, folder), { withFileTypes: true })
    .filter((entry) => !left.has(entry.name))
    .sort((a, b) => (a.name < b.name ? -1 : 1))
    .flatMap((entry) => {
      const path = folder ? `${folder}/${entry.name}` : entry.name
      return entry.isDirectory() ? filesOf(root, path) : [path]
    })
}
