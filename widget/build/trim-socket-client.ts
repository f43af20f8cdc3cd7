import { type Plugin, parseSync, Visitor } from 'vite'

const prefix = '\0parley-trim:'

// What the official client carries and a chat over JSON packets never uses.
const replaced: Record<string, string> = {
  // Transports are handed over as classes, so the default table need not hold all three.
  'engine.io-client|./transports/index.js': 'export const transports = {}',
  // Host and port are handed over too: there is no address to take apart.
  'engine.io-client|./contrib/parseuri.js':
    'export const parse = () => { throw new Error("an address to take apart") }',
  'engine.io-parser|./contrib/base64-arraybuffer.js':
    'export const decode = () => { throw new Error("binary packet") }',
  'socket.io-parser|./binary.js':
    'const refuse = () => { throw new Error("binary packet") }\nexport const deconstructPacket = refuse, reconstructPacket = refuse',
  'socket.io-parser|./is-binary.js': 'export const isBinary = () => false, hasBinary = isBinary',
}

// Methods nobody here calls: a bundler cannot leave out a method of a class.
const unused: Record<string, string> = {
  'socket.io-client/build/esm/socket.js':
    'disconnected active send emitWithAck _addToQueue close compress volatile timeout onAny prependAny offAny listenersAny onAnyOutgoing prependAnyOutgoing offAnyOutgoing listenersAnyOutgoing',
  'socket.io-client/build/esm/manager.js': 'connect',
  'socket.io-parser/build/esm/index.js': 'encodeAsBinary takeBinaryData finishedReconstruction',
  'engine.io-client/build/esm/socket.js': 'send',
}

/** Keeps the WebSocket half of socket.io-client; polling stays importable as a chunk of its own. */
export function trimSocketClient(): Plugin {
  return {
    name: 'parley:trim-socket-client',
    enforce: 'pre',
    resolveId(source, importer) {
      if (importer === undefined) return null
      for (const key of Object.keys(replaced)) {
        const [owner, path] = key.split('|')
        if (source === path && importer.includes(`/${owner}/`)) return prefix + key
      }
      return null
    },
    load(id) {
      return id.startsWith(prefix) ? (replaced[id.slice(prefix.length)] ?? null) : null
    },
    transform(code, id) {
      const path = Object.keys(unused).find((end) => id.endsWith(`/${end}`))
      if (path === undefined) return null
      return { code: withoutMethods(code, unused[path]?.split(' ') ?? []), map: null }
    },
  }
}

/** Stops the build when the client has changed its shape: then this list must be looked at again. */
export function withoutMethods(code: string, names: readonly string[]): string {
  const missing = new Set(names)
  let kept = ''
  let end = 0
  const cut = new Visitor({
    MethodDefinition({ key, start, end: after }) {
      if (key.type !== 'Identifier' || !names.includes(key.name)) return
      missing.delete(key.name)
      kept += code.slice(end, start)
      end = after
    },
  })
  cut.visit(parseSync('client.js', code).program)
  if (missing.size > 0) throw new Error(`The client has no ${[...missing].join(', ')} to leave out`)
  return kept + code.slice(end)
}

/** The client's modules only register listeners nobody uses: what is not imported may go. */
export function hasModuleSideEffects(id: string): boolean {
  return !/(engine|socket)\.io-(client|parser)|component-emitter/.test(id)
}
