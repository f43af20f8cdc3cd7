import { existsSync } from 'node:fs'
import { readFile } from 'node:fs/promises'
import { join } from 'node:path'
import { parentPort, workerData } from 'node:worker_threads'
import { PGlite } from '@electric-sql/pglite'
import { pg_trgm } from '@electric-sql/pglite/contrib/pg_trgm'
import { unaccent } from '@electric-sql/pglite/contrib/unaccent'

export type EmbeddedStart = {
  folder: string | undefined
  /** A file with a database already prepared, which is several seconds quicker than preparing one. */
  image: string | undefined
}
export type ToEmbedded = Uint8Array | 'close'
export type FromEmbedded = Uint8Array | 'ready' | 'closed' | { failed: string }

/** The thread that holds the embedded PostgreSQL: wire protocol in, wire protocol out, nothing else. */
async function serve(port: NonNullable<typeof parentPort>) {
  const say = (message: FromEmbedded) => port.postMessage(message)
  const { folder, image } = workerData as EmbeddedStart
  const fresh = !folder || !existsSync(join(folder, 'PG_VERSION'))
  const engine = await PGlite.create({
    dataDir: folder ?? 'memory://',
    extensions: { pg_trgm, unaccent },
    ...(image && fresh && { loadDataDir: new Blob([await readFile(image)]) }),
  })
  port.on('message', (message: ToEmbedded) => {
    if (message === 'close') {
      void engine.close().then(() => say('closed'))
      return
    }
    const answer = engine.execProtocolRawSync(message)
    // Bytes that are nobody else's move to the other thread instead of being copied.
    const isOwn = answer.byteLength === answer.buffer.byteLength
    port.postMessage(answer satisfies FromEmbedded, isOwn ? [answer.buffer as ArrayBuffer] : [])
  })
  say('ready')
}

if (parentPort) {
  const port = parentPort
  serve(port).catch((error: unknown) => {
    port.postMessage({ failed: String(error) } satisfies FromEmbedded)
  })
}
