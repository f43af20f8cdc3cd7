import { EventEmitter } from 'node:events'
import { existsSync } from 'node:fs'
import { fileURLToPath } from 'node:url'
import { Worker } from 'node:worker_threads'
import type { CompiledEngine } from './embedded-engine.ts'
import { DatabaseUnavailable } from './unavailable.ts'

export type EmbeddedStart = {
  folder: string
  /** What the engine keeps of the database in memory of its own. */
  buffersMb: number
  engine: CompiledEngine
}
export type ToEmbedded = Uint8Array | 'close'
export type FromEmbedded = Uint8Array | 'ready' | 'closed' | { failed: string }

/** The engine would end its process at this message; `end()` asks for an orderly close instead. */
const GOODBYE = 'X'.charCodeAt(0)

/**
 * What the `pg` client takes for a network socket, ending in the thread of the embedded engine. One client
 * library then speaks to both engines, so values, parameters and errors are the same on both.
 */
export class EmbeddedSocket extends EventEmitter {
  readonly #worker: Worker
  #chunks: Uint8Array[] = []
  #size = 0
  #gone: Promise<void> | undefined
  writable = true

  #unanswered = 0
  #movedAt = performance.now()
  #waitingSince = 0
  readonly #watch: NodeJS.Timeout

  deadlineMs: number

  constructor(start: EmbeddedStart, deadlineMs: number) {
    super()
    this.deadlineMs = deadlineMs
    this.#watch = setInterval(() => this.#checkDeadline(), Math.max(20, deadlineMs / 20))
    this.#watch.unref()
    this.#worker = startWorker(start)
    this.#worker.on('message', (message: FromEmbedded) => this.#hear(message))
    this.#worker.on('error', (error) => void this.destroy(error))
    this.#worker.on('exit', () => void this.destroy())
  }

  #hear(message: FromEmbedded) {
    if (message === 'ready') this.emit('connect')
    else if (message === 'closed') void this.destroy()
    else if (message instanceof Uint8Array) {
      this.#unanswered -= 1
      this.#movedAt = this.#waitingSince = performance.now()
      this.emit('data', Buffer.from(message.buffer, message.byteOffset, message.byteLength))
    } else void this.destroy(new Error(message.failed))
  }

  /** Everything written in one turn of the event loop crosses to the thread as one message. */
  write(chunk: Uint8Array, said?: () => void) {
    said?.()
    if (chunk[0] === GOODBYE) return true
    if (this.#size === 0) process.nextTick(() => this.#flush())
    this.#chunks.push(chunk)
    this.#size += chunk.byteLength
    return true
  }

  #flush() {
    if (!this.writable || this.#size === 0) return
    const message = new Uint8Array(this.#size)
    let at = 0
    for (const chunk of this.#chunks) {
      message.set(chunk, at)
      at += chunk.byteLength
    }
    this.#chunks = []
    this.#size = 0
    this.#post(message)
    this.#movedAt = performance.now()
    if (this.#unanswered === 0) this.#waitingSince = this.#movedAt
    this.#unanswered += 1
  }

  /** How long nobody has asked anything while nothing is being worked on. */
  quietMs() {
    return this.#unanswered > 0 ? 0 : performance.now() - this.#movedAt
  }

  /** The engine cannot interrupt a statement itself, so its thread is ended. */
  #checkDeadline() {
    if (this.#unanswered === 0 || performance.now() - this.#waitingSince < this.deadlineMs) return
    void this.destroy(
      new DatabaseUnavailable(
        `The database did not answer within ${this.deadlineMs} ms and was started again.`,
      ),
    )
  }

  #post(message: ToEmbedded) {
    // The bytes move to the thread instead of being copied.
    this.#worker.postMessage(message, message instanceof Uint8Array ? [message.buffer as ArrayBuffer] : [])
  }

  /** The engine closes its files, then the thread ends. */
  end() {
    if (!this.writable) return
    this.#flush()
    this.writable = false
    this.#post('close')
  }

  destroy(error?: Error): Promise<void> {
    this.#gone ??= this.#leave(error)
    return this.#gone
  }

  async #leave(error: Error | undefined) {
    this.writable = false
    clearInterval(this.#watch)
    if (error) this.emit('error', error)
    await this.#worker.terminate()
    this.emit('close')
  }

  connect() {}
  setNoDelay() {}
  setKeepAlive() {}
  ref() {
    this.#worker.ref()
  }
  unref() {
    this.#worker.unref()
  }
}

function startWorker(start: EmbeddedStart): Worker {
  const program = ['./embedded-worker.js', '../embedded-worker.js', './embedded-worker.mjs']
    .map((path) => fileURLToPath(new URL(path, import.meta.url)))
    .find((path) => existsSync(path))
  if (!program) throw new Error('The embedded database is not part of this build.')
  return new Worker(program, { workerData: start, execArgv: [] })
}
