import { parentPort, workerData } from 'node:worker_threads'
import { PGlite } from '@electric-sql/pglite'
import { pg_trgm } from '@electric-sql/pglite/contrib/pg_trgm'
import { unaccent } from '@electric-sql/pglite/contrib/unaccent'

export type EmbeddedStart = { folder: string | undefined }
export type ToEmbedded = Uint8Array<ArrayBuffer> | 'close'
export type FromEmbedded = Uint8Array<ArrayBuffer> | 'ready' | 'closed' | { failed: string }

/** The thread that holds the embedded PostgreSQL: wire protocol in, wire protocol out, nothing else. */
async function serve(port: NonNullable<typeof parentPort>) {
  const say = (message: FromEmbedded) => port.postMessage(message)
  const { folder } = workerData as EmbeddedStart
  const engine = await PGlite.create({
    dataDir: folder ?? 'memory://',
    extensions: { pg_trgm, unaccent },
  })
  port.on('message', (message: ToEmbedded) => {
    if (message === 'close') {
      void engine.close().then(() => say('closed'))
      return
    }
    const answer = engine.execProtocolRawSync(message).slice()
    port.postMessage(answer, [answer.buffer])
  })
  say('ready')
}

if (parentPort) {
  const port = parentPort
  serve(port).catch((error: unknown) => {
    port.postMessage({ failed: String(error) } satisfies FromEmbedded)
  })
}
