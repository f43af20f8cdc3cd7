import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { filesOf } from './files.mjs'

const isPicture = /\.(png|jpe?g|webp|gif|ico|woff2?|pdf|mp3|mp4|gz)$/
const rules = [
  {
    trace: /(?:^|[\s"'`(=:])\/(?:work|root|home|Users|tmp)\/[\w.-]+/,
    instead: 'a path of one machine: use import.meta.url, the configuration or os.tmpdir()',
  },
  {
    trace: /\bhttps?:\/\/(?:[\w-]+\.)*(?:registry|npmmirror|artifactory|nexus)[\w-]*\.[\w.-]+/,
    instead: 'the address of a registry: every machine has its own',
  },
  {
    trace:
      /\bhttps?:\/\/(?:10|127|192\.168|172\.(?:1[6-9]|2\d|3[01]))\.[\d.]+:\d+\/(?:npm|registry|repository)/,
    instead: 'the address of a mirror: every machine has its own',
  },
]

/**
 * @param {string} path
 * @param {string} text
 * @returns {string[]} what only one machine knows, one sentence each
 */
export function tracesIn(path, text) {
  return text.split('\n').flatMap((line, index) =>
    rules.flatMap(({ trace, instead }) => {
      const found = trace.exec(line)
      return found ? [`${path}:${index + 1} holds ${found[0].trim()}, ${instead}.`] : []
    }),
  )
}

/** @param {string} root */
export function checkTraces(root) {
  return filesOf(root)
    .filter((path) => !isPicture.test(path) && !path.startsWith('e2e/scripts/traces.'))
    .flatMap((path) => tracesIn(path, readFileSync(join(root, path), 'utf8')))
}
