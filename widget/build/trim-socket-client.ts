import { fileURLToPath } from 'node:url'
import { type Plugin, parseSync, Visitor } from 'vite'

const parser = fileURLToPath(new URL('../src/panel/packets.ts', import.meta.url))

// What the official client carries and a chat over JSON packets never uses.
const replaced: Record<string, string> = {
  // Transports are handed over as classes, so the default table need not hold all three.
  'engine.io-client/build/esm/transports/index.js': 'export const transports = {}',
  // Host and port are handed over too: there is no address to take apart.
  'engine.io-client/build/esm/contrib/parseuri.js':
    'export const parse = () => { throw new Error("an address to take apart") }',
  'engine.io-parser/build/esm/encodePacket.browser.js': `
    import { PACKET_TYPES } from './commons.js'
    export const encodePacket = ({ type, data }, _, done) => done(PACKET_TYPES[type] + (data || ''))
    export const encodePacketToBinary = () => { throw new Error("binary packet") }`,
  'engine.io-parser/build/esm/decodePacket.browser.js': `
    import { ERROR_PACKET, PACKET_TYPES_REVERSE } from './commons.js'
    export const decodePacket = (text) => {
      const type = PACKET_TYPES_REVERSE[text[0]]
      return type ? { type, data: text.slice(1) || undefined } : ERROR_PACKET
    }`,
  // Taken in place of its own parser, which carries binary packets.
  'socket.io-parser/build/esm/index.js': `export * from ${JSON.stringify(parser)}`,
}

// Methods nobody here calls: a bundler cannot leave out a method of a class.
const unused: Record<string, string> = {
  'socket.io-client/build/esm/socket.js':
    'disconnected active send emitWithAck _addToQueue close compress volatile timeout onAny prependAny offAny listenersAny onAnyOutgoing prependAnyOutgoing offAnyOutgoing listenersAnyOutgoing',
  'socket.io-client/build/esm/manager.js': 'connect',
  'engine.io-client/build/esm/socket.js': 'send',
}

/** Keeps the WebSocket half of socket.io-client; polling stays importable as a chunk of its own. */
export function trimSocketClient(): Plugin {
  const left = new Set([...Object.keys(replaced), ...Object.keys(unused)])
  return {
    name: 'parley:trim-socket-client',
    enforce: 'pre',
    transform(code, id) {
      const path = id.split('node_modules/').at(-1) ?? id
      const instead = replaced[path]
      const names = unused[path]
      left.delete(path)
      if (instead !== undefined) return { code: instead, map: null }
      return names === undefined ? null : { code: withoutMethods(code, names.split(' ')), map: null }
    },
    buildEnd() {
      if (left.size > 0) throw new Error(`The client has no ${[...left].join(', ')} to trim`)
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
