import { readFileSync } from 'node:fs'
import { fileURLToPath } from 'node:url'
import type { Plugin } from 'vite'
import { cuts, replaced } from './socket-client-cuts.ts'
import { trim } from './trim.ts'

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

/** The client's modules only register listeners nobody uses: what is not imported may go. */
export function hasModuleSideEffects(id: string): boolean {
  return !/(engine|socket)\.io-(client|parser)|component-emitter/.test(id)
}
