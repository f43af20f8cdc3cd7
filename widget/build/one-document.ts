import { createHash } from 'node:crypto'
import type { Plugin, Rolldown } from 'vite'

const entryName = 'panel.js'
const kitName = 'kit'
const kit = 'globalThis.parleyPanel'

/**
 * Modules in the order they come to the browser: each stage is one file with all that it imports at once, less what an
 * earlier stage brought. Without this a module that two later parts share would cost a request of its own.
 */
export function inStages(main: string, stages: { name: string; entries: string[] }[]) {
  const members = stages.map(() => new Set<string>())
  const plugin: Plugin = {
    name: 'parley:stages',
    buildEnd() {
      const taken = new Set<string>()
      stages.forEach(({ entries }, index) => {
        const visit = (id: string): void => {
          if (taken.has(id)) return
          taken.add(id)
          members[index]?.add(id)
          for (const imported of this.getModuleInfo(id)?.importedIds ?? []) visit(imported)
        }
        for (const entry of entries) visit(entry)
      })
      members[0]?.delete(main)
    },
  }
  const groups = stages.map(({ name }, index) => ({
    name,
    test: (id: string) => members[index]?.has(id) ?? false,
    priority: stages.length - index,
  }))
  return { plugin, groups }
}

/**
 * Puts the panel's entry and style into one document, so that its first screen costs one request.
 * An inline module cannot be imported, so what later chunks take from it is handed over by name.
 */
export function oneDocument(options: { base: string }): Plugin {
  return {
    name: 'parley:one-document',
    enforce: 'post',
    generateBundle(_, bundle) {
      let style = ''
      let entry = ''
      let shared = ''
      inlineRuntime(bundle)
      for (const [name, file] of Object.entries(bundle)) {
        if (file.type === 'chunk') {
          const isKit = file.name === kitName
          file.code = bareImports(file.code.replace(/,\s*__VITE_PRELOAD__/g, ''))
          if (!isKit) file.code = takeFromKit(file.code, name)
          if (!isKit && name !== entryName) continue
          if (isKit) shared = giveToKit(file.code)
          else entry = file.code
          delete bundle[name]
        } else if (name.endsWith('.css')) {
          style += String(file.source)
          delete bundle[name]
        }
      }
      if (!entry || !shared) throw new Error('The build made no panel')
      // Each in a scope of its own: both were minified without knowing of the other.
      const script = addressChunks(`(()=>{${shared}})();(()=>{${entry}})()`, options.base)
      if (/<\/(script|style)|<!--/i.test(script + style))
        throw new Error('The panel cannot be inlined safely')
      style = style.trim()
      this.emitFile({
        type: 'asset',
        fileName: 'panel.json',
        source: JSON.stringify({ script, style, scriptHash: hash(script), styleHash: hash(style) }),
      })
    },
  }
}

/** What a module exports, by name, as the bundler's own helper gives it to those who import the whole. */
const namespace = 'g=>{const a={};for(const n in g)Object.defineProperty(a,n,{get:g[n]});return a}'

/** The bundler's own few bytes are not worth a request. */
function inlineRuntime(bundle: Rolldown.OutputBundle): void {
  const runtime = Object.values(bundle).find(
    (file) => file.type === 'chunk' && file.name === 'rolldown-runtime',
  )
  if (runtime?.type !== 'chunk') return
  const address = new RegExp(
    `import\\s*\\{([^}]*)\\}\\s*from\\s*["']\\./(?:assets/)?${runtime.fileName.split('/').at(-1)}["'];?`,
  )
  const given = pairs(/export\s*\{([^}]*)\};?\s*$/.exec(runtime.code)?.[1] ?? '')
  if (given.length !== 1 || !runtime.code.includes('defineProperty'))
    throw new Error('The bundler needs more than it did')
  for (const file of Object.values(bundle))
    if (file.type === 'chunk')
      file.code = file.code.replace(address, (_, list: string) => {
        const [[from, to] = []] = pairs(list)
        return `const ${to ?? from}=${namespace};`
      })
  delete bundle[runtime.fileName]
}

/** Vite's own helper fetches style and preloads chunks; ours carry their style and are fetched when wanted. */
export function plainImports(): Plugin {
  return {
    name: 'parley:plain-imports',
    enforce: 'pre',
    load(id) {
      return id.includes('vite/preload-helper') ? 'export const __vitePreload = (load) => load()' : null
    },
  }
}

function hash(text: string): string {
  return `sha256-${createHash('sha256').update(text).digest('base64')}`
}

/** `a as b` as an object that gives or a pattern that takes. */
function renamed(list: string, way: 'in' | 'out'): string {
  return pairs(list)
    .map(([from, to]) => (way === 'in' ? `${from}:${to ?? from}` : `${to ?? from}:${from}`))
    .join(',')
}

function pairs(list: string): string[][] {
  return list
    .split(',')
    .filter((part) => part.trim() !== '')
    .map((part) => part.trim().split(/\s+as\s+/))
}

export function takeFromKit(code: string, name: string): string {
  const taken = code.replace(
    /import\s*(?:\{([^}]*)\}\s*from)?\s*["']\.\/(?:assets\/)?kit-[\w-]+\.js["'];?/g,
    (_, list: string | undefined) => (list === undefined ? '' : `const{${renamed(list, 'in')}}=${kit};`),
  )
  if (/kit-[\w-]+\.js/.test(taken)) throw new Error(`${name} takes from the panel in an unknown way`)
  return taken
}

export function giveToKit(code: string): string {
  const given = code.replace(
    /export\s*\{([^}]*)\};?\s*$/,
    (_, list: string) => `${kit}={${renamed(list, 'out')}};`,
  )
  if (/\bexport\s*[{*]/.test(given)) throw new Error('The panel exports in an unknown way')
  return given
}

/** Without the call around each that would preload what ours do not need. */
export function bareImports(code: string): string {
  return code.replace(
    /[\w$]+\(\s*(?:async\s*)?\(\)\s*=>\s*(import\([^()]+\)(?:\.then\([\w$]+=>[\w$.]+\))?)\s*,\s*import\.meta\.url\)/g,
    '$1',
  )
}

function addressChunks(code: string, base: string): string {
  return code.replace(
    /import\((["'`])\.\/(?:assets\/)?([\w.-]+\.js)\1\)/g,
    (_, quote, path) => `import(${quote}${base}assets/${path}${quote})`,
  )
}
