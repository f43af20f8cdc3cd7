import { connect, type Socket } from 'node:net'
import { Refused } from '../app/refused.ts'

type Verdict = 'clean' | 'blocked'

export interface Scanner {
  /** Throws `unavailable` when no verdict can be had: nothing is ever served unscanned. */
  scan(bytes: Uint8Array): Promise<Verdict>
}

const trustingScanner: Scanner = { scan: () => Promise.resolve('clean') }
const scanMs = 30_000
const chunkBytes = 256 * 1024
const longestAnswer = 4_096

/** Speaks with a ClamAV daemon at `tcp://host:port`; without an address every file counts as clean. */
export function createScanner(clamdUrl: string | undefined, timeoutMs = scanMs): Scanner {
  if (clamdUrl === undefined) return trustingScanner
  const { hostname, port } = new URL(clamdUrl)
  return {
    async scan(bytes) {
      const socket = connect({ host: hostname.replace(/^\[|\]$/g, ''), port: Number(port || 3310) })
      try {
        return verdictOf(await exchange(socket, bytes, timeoutMs))
      } catch {
        throw new Refused('unavailable', 'file.scanner', { retryAfterMs: 15_000 })
      } finally {
        socket.destroy()
      }
    },
  }
}

/** clamd's INSTREAM: length and bytes of each chunk, then a zero; the answer ends with a null byte. */
function exchange(socket: Socket, bytes: Uint8Array, timeoutMs: number): Promise<string> {
  return new Promise((resolve, reject) => {
    let answer = ''
    const deadline = setTimeout(() => reject(new Error('The scanner does not answer')), timeoutMs)
    socket.setEncoding('latin1')
    socket.on('connect', () => {
      socket.write('zINSTREAM\0')
      for (let at = 0; at < bytes.length; at += chunkBytes) {
        const chunk = bytes.subarray(at, at + chunkBytes)
        socket.write(lengthOf(chunk))
        socket.write(chunk)
      }
      socket.write(lengthOf(new Uint8Array()))
    })
    socket.on('data', (part: string) => {
      answer += part
      if (answer.includes('\0')) resolve(answer.slice(0, answer.indexOf('\0')))
      else if (answer.length > longestAnswer) reject(new Error('The scanner talks too much'))
    })
    socket.on('error', reject)
    socket.on('close', () => {
      clearTimeout(deadline)
      reject(new Error('The scanner hung up'))
    })
  })
}

function lengthOf(chunk: Uint8Array): Buffer {
  const length = Buffer.alloc(4)
  length.writeUInt32BE(chunk.length)
  return length
}

function verdictOf(answer: string): Verdict {
  if (answer === 'stream: OK') return 'clean'
  if (answer.endsWith(' FOUND')) return 'blocked'
  throw new Error(`The scanner answered ${answer}`)
}
