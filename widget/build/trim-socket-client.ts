import type { Plugin } from 'vite'

const prefix = '\0parley-trim:'

// What the official client carries and a chat over JSON packets never uses.
const replaced: Record<string, string> = {
  // Transports are handed over as classes, so the default table need not hold all three.
  'engine.io-client|./transports/index.js': 'export const transports = {}',
  'socket.io-parser|./binary.js':
    'const refuse = () => { throw new Error("binary packet") }\nexport const deconstructPacket = refuse, reconstructPacket = refuse',
  'socket.io-parser|./is-binary.js': 'export const isBinary = () => false, hasBinary = isBinary',
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
  }
}

/** The client's modules only register listeners nobody uses: what is not imported may go. */
export function hasModuleSideEffects(id: string): boolean {
  return !/(engine|socket)\.io-(client|parser)|component-emitter/.test(id)
}
