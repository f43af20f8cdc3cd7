import { parentPort, workerData } from 'node:worker_threads'
import { PGlite } from '@electric-sql/pglite'
import { pg_trgm } from '@electric-sql/pglite/contrib/pg_trgm'
import { unaccent } from '@electric-sql/pglite/contrib/unaccent'

/** @import { EmbeddedStart, FromEmbedded, ToEmbedded } from './embedded-socket.ts' */

/**
 * What stands in an error after which the engine is not to be relied on: it would end its process, or the disk or the rights
 * to it failed in the middle of a write, after which a next statement may never end. Text of people holds no zero byte.
 */
const endings = ['SPANIC\0', 'C42501\0', 'C58030\0']

/**
 * The thread that holds the embedded PostgreSQL: wire protocol in, wire protocol out, nothing else. It is no TypeScript
 * because Node 20 reads none in threads.
 *
 * @param {import('node:worker_threads').MessagePort} port
 */
async function serve(port) {
  /** @param {FromEmbedded} message */
  const say = (message) => port.postMessage(message)
  /** @type {EmbeddedStart} */
  const { folder, engine: pgliteWasmModule, buffersMb } = workerData
  const engine = await PGlite.create({
    dataDir: folder,
    extensions: { pg_trgm, unaccent },
    pgliteWasmModule,
    startParams: [...PGlite.defaultStartParams, '-c', `shared_buffers=${buffersMb}MB`],
  })
  port.on('message', (/** @type {ToEmbedded} */ message) => {
    if (message === 'close') {
      void engine.close().then(() => say('closed'))
      return
    }
    const answer = engine.execProtocolRawSync(message)
    const bytes = Buffer.from(answer.buffer, answer.byteOffset, answer.byteLength)
    const isBroken = endings.some((ending) => bytes.includes(ending))
    // Bytes that are nobody else's move to the other thread instead of being copied.
    const { buffer } = answer
    const isOwn = buffer instanceof ArrayBuffer && answer.byteLength === buffer.byteLength
    port.postMessage(answer, isOwn ? [buffer] : [])
    // Whoever asks next has it started again.
    if (isBroken) process.exit()
  })
  say('ready')
}

if (parentPort) {
  const port = parentPort
  serve(port).catch((error) => port.postMessage({ failed: String(error) }))
}
