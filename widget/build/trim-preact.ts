import { readdirSync, readFileSync } from 'node:fs'
import { createRequire } from 'node:module'
import { dirname, join } from 'node:path'
import type { Plugin } from 'vite'
import { cuts } from './preact-cuts.ts'
import { trim } from './trim.ts'

const packageDir = dirname(createRequire(import.meta.url).resolve('preact/package.json'))
const sources = { preact: 'src/index.js', 'preact/hooks': 'hooks/src/index.js' }
export const hooks = join(packageDir, sources['preact/hooks'])

/** Takes Preact from its source, less what the widget never draws, and shortens its private names as its own build does. */
export function trimPreact(): Plugin {
  const left = new Set(Object.keys(cuts))
  const short = shortNames()
  return {
    name: 'parley:trim-preact',
    enforce: 'pre',
    resolveId: (id) =>
      Object.hasOwn(sources, id) ? join(packageDir, sources[id as keyof typeof sources]) : null,
    transform(code, id) {
      if (!id.startsWith(packageDir)) return null
      const path = id.split('node_modules/').at(-1) ?? id
      left.delete(path)
      return { code: trim(code, cuts[path] ?? {}).code.replace(privateName, short), map: null }
    },
    buildEnd(error) {
      if (error) throw error
      if (left.size > 0) throw new Error(`Preact has no ${[...left].join(', ')} to trim`)
    },
  }
}

const privateName = /\b_\w+\b/g

/** The same in every file of one version. */
function shortNames(): (name: string) => string {
  const given = new Map<string, string>()
  for (const folder of ['src', 'hooks/src'])
    for (const file of readdirSync(join(packageDir, folder), { recursive: true, encoding: 'utf8' }).sort())
      if (file.endsWith('.js'))
        for (const [name] of readFileSync(join(packageDir, folder, file), 'utf8').matchAll(privateName))
          if (!given.has(name)) given.set(name, `_${given.size.toString(36)}`)
  return (name) => given.get(name) ?? name
}
