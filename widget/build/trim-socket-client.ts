import { readFileSync } from 'node:fs'
import { fileURLToPath } from 'node:url'
import { type Plugin, parseSync, Visitor } from 'vite'
import { type Cuts, cuts, replaced } from './socket-client-cuts.ts'

const parser = fileURLToPath(new URL('../src/panel/packets.ts', import.meta.url))
// Taken in place of its own parser, which carries binary packets.
const instead = {
  ...replaced,
  'socket.io-parser/build/esm/index.js': `export * from ${JSON.stringify(parser)}`,
}

const engine = 'engine.io-client/build/esm/socket.js'
/** Imported by what comes with polling: gives the connection back the methods only polling needs. */
const pollingHalf = 'virtual:engine-with-polling'

/** Keeps the WebSocket half of socket.io-client; polling stays importable as a chunk of its own. */
export function trimSocketClient(): Plugin {
  const left = new Set([...Object.keys(instead), ...Object.keys(cuts)])
  return {
    name: 'parley:trim-socket-client',
    enforce: 'pre',
    resolveId: (id) => (id === pollingHalf ? `\0${id}` : null),
    async load(id) {
      if (id !== `\0${pollingHalf}`) return null
      const index = (await this.resolve('engine.io-client', parser))?.id
      const from = (file: string) => JSON.stringify(index?.replace(/index\.js$/, file))
      return `import { Socket } from ${from('socket.js')}
        import { byteLength } from ${from('util.js')}
        class Polling { ${methodsForPolling(JSON.parse(from('socket.js')))} }
        const { constructor, ...methods } = Object.getOwnPropertyDescriptors(Polling.prototype)
        Object.defineProperties(Socket.prototype, methods)`
    },
    transform(code, id) {
      const path = id.split('node_modules/').at(-1) ?? id
      const replacement = instead[path as keyof typeof instead]
      left.delete(path)
      if (replacement !== undefined) return { code: replacement, map: null }
      const cut = cuts[path]
      return cut ? { code: trim(code, cut).code, map: null } : null
    },
    buildEnd(error) {
      if (error) throw error
      if (left.size > 0) throw new Error(`The client has no ${[...left].join(', ')} to trim`)
    },
  }
}

function methodsForPolling(path: string): string {
  const cut = cuts[engine] ?? {}
  const { taken } = trim(readFileSync(path, 'utf8'), cut)
  return Object.keys(cut.polling ?? {})
    .map((name) => taken[name])
    .join('\n')
}

/** Stops the build when the client has changed its shape: then the list must be looked at again. */
export function trim(official: string, { code = [], methods = '', polling = {} }: Cuts) {
  let whole = withoutComments(official)
  for (const [text, ours = ''] of code) {
    const onAnyLines = new RegExp(text.trim().split(/\s+/).map(literal).join('\\s*'), 'g')
    if (whole.search(onAnyLines) < 0) throw new Error(`The client has no ${text} to cut`)
    whole = whole.replace(onAnyLines, () => ours)
  }
  const gone = Object.fromEntries(methods.split(/\s+/).map((name) => [name, '']))
  return takeMethods(whole, methods ? { ...gone, ...polling } : polling)
}

/** What is left, and each method taken as it stood there; in its place what stands for it. */
function takeMethods(code: string, instead: Record<string, string>) {
  const taken: Record<string, string> = {}
  let left = ''
  let end = 0
  new Visitor({
    MethodDefinition({ key, start, end: after }) {
      const name = key.type === 'Identifier' ? key.name : ''
      if (!Object.hasOwn(instead, name)) return
      const ours = instead[name]
      taken[name] = code.slice(start, after)
      left += code.slice(end, start) + (ours && name + ours)
      end = after
    },
  }).visit(parseSync('client.js', code).program)
  const missing = Object.keys(instead).filter((name) => !(name in taken))
  if (missing.length > 0) throw new Error(`The client has no ${missing.join(', ')} to leave out`)
  return { code: left + code.slice(end), taken }
}

function withoutComments(code: string): string {
  return parseSync('client.js', code).comments.reduceRight(
    (left, { start, end }) => left.slice(0, start) + left.slice(end),
    code,
  )
}

function literal(text: string): string {
  return text.replace(/[.*+?^${}()|[\]\\]/g, '\\$&')
}

/** The client's modules only register listeners nobody uses: what is not imported may go. */
export function hasModuleSideEffects(id: string): boolean {
  return !/(engine|socket)\.io-(client|parser)|component-emitter/.test(id)
}
