import { createHash, randomBytes } from 'node:crypto'
import { request } from 'node:http'
import type { Proof, Site } from './site.ts'

export interface UploadWish {
  port: number
  proof: Proof
  conversationId: string
  bytes: Buffer
  /** The connection is cut when so much of the body has gone out. */
  cutAt?: number
  /** From which of this machine's addresses. */
  from?: string
  /** Called with the share of the body that has gone out. */
  onProgress?: (share: number) => void
}

export interface Uploaded {
  status: number | 'cut'
  fileId: string | undefined
  reason: string
}

/** A PDF of that length that no other is like; PDFs are kept byte for byte. */
export function somePdf(length: number): Buffer {
  const filling = randomBytes(Math.ceil(length / 2))
    .toString('hex')
    .slice(0, length)
  return Buffer.from(`%PDF-1.4\n%${filling}\n1 0 obj<</Type/Catalog>>endobj\ntrailer<</Root 1 0 R>>\n%%EOF\n`)
}

export const digestOf = (bytes: Uint8Array) => createHash('sha256').update(bytes).digest('hex')

const boundary = '----faults'
const chunkBytes = 64 * 1024

/** One upload as a browser makes it, in pieces, from whichever address. Never rejects. */
export function upload(site: Site, wish: UploadWish): Promise<Uploaded> {
  const { port, proof, conversationId, bytes, cutAt, from, onProgress } = wish
  const body = Buffer.concat([
    Buffer.from(
      `--${boundary}\r\nContent-Disposition: form-data; name="conversationId"\r\n\r\n${conversationId}\r\n` +
        `--${boundary}\r\nContent-Disposition: form-data; name="file"; filename="bill.pdf"\r\n` +
        'Content-Type: application/pdf\r\n\r\n',
    ),
    bytes,
    Buffer.from(`\r\n--${boundary}--\r\n`),
  ])
  return new Promise((resolve) => {
    const asked = request({
      port,
      host: '127.0.0.1',
      ...(from === undefined ? {} : { localAddress: from }),
      path: '/api/v1/uploads',
      method: 'POST',
      agent: false,
      headers: {
        'content-type': `multipart/form-data; boundary=${boundary}`,
        'content-length': body.length,
        origin: site.origin,
        'parley-csrf': '1',
        ...proof,
      },
    })
    const cut = () => resolve({ status: 'cut', fileId: undefined, reason: '' })
    asked.on('error', cut)
    asked.on('response', (response) => {
      let text = ''
      response.setEncoding('utf8').on('data', (part: string) => {
        text += part
      })
      response.on('error', cut)
      response.on('end', () => {
        const { fileId, reason = '' } = JSON.parse(text || '{}') as { fileId?: string; reason?: string }
        resolve({ status: response.statusCode ?? 0, fileId, reason })
      })
    })
    let at = 0
    const last = cutAt ?? body.length
    const write = () => {
      if (asked.destroyed) return
      if (at >= last) return void (cutAt === undefined ? asked.end() : asked.destroy())
      const end = Math.min(at + chunkBytes, last)
      asked.write(body.subarray(at, end), write)
      at = end
      onProgress?.(at / body.length)
    }
    write()
  })
}

export async function download(
  port: number,
  fileId: string,
  proof: Proof,
): Promise<{ status: number; sha256: string }> {
  const answer = await fetch(`http://127.0.0.1:${port}/api/v1/files/${fileId}`, { headers: proof })
  return { status: answer.status, sha256: digestOf(Buffer.from(await answer.arrayBuffer())) }
}
