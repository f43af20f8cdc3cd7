import { limits } from '@parley/shared/protocol/limits.ts'
import type { Request, Response } from 'express'
import multer, { MulterError, type StorageEngine } from 'multer'
import { Refused } from '../app/refused.ts'
import { type Format, formatNamed, isNamedLikeSecret } from '../files/index.ts'
import type { UploadShare } from './upload-budget.ts'

export interface ReceivedUpload {
  name: string
  format: Format
  bytes: Buffer
  conversationId: string | null
}

/** What the form around the file may take: boundaries, part heads and the conversation's id. */
const formBytes = 64 * 1024
const idleMs = 30_000
const idShape = /^[A-Za-z0-9_.:-]{1,80}$/

/** Reads one file of a multipart form into memory, and stops at the first byte too many. */
export function readUpload(
  request: Request,
  response: Response,
  share: UploadShare,
): Promise<ReceivedUpload> {
  refuseByLength(request)
  let format: Format | undefined
  const receive = multer({
    storage: memory(share, () => format?.maxBytes ?? 0),
    limits: {
      fileSize: limits.fileBytes,
      files: 1,
      fields: 1,
      parts: 2,
      fieldSize: 200,
      fieldNameSize: 40,
      headerPairs: 20,
    },
    defParamCharset: 'utf8',
    fileFilter(_request, file, decide) {
      if (isNamedLikeSecret(file.originalname)) return decide(new Refused('invalid', 'file.secret'))
      format = formatNamed(file.originalname, file.mimetype)
      if (format === undefined) decide(new Refused('invalid', 'file.type'))
      else decide(null, true)
    },
  }).single('file')
  request.setTimeout(idleMs, () => request.destroy())
  return new Promise((resolve, reject) => {
    receive(request, response, (error: unknown) => {
      // What follows is our own work, and may take longer than a silent sender may.
      request.setTimeout(0)
      const { file } = request
      if (error) reject(refusedOf(error))
      else if (file === undefined || format === undefined)
        reject(new Refused('invalid', 'file.missing', { field: 'file' }))
      else {
        try {
          const conversationId = conversationIn(request.body)
          resolve({ name: file.originalname, format, bytes: file.buffer, conversationId })
        } catch (refused) {
          reject(refused)
        }
      }
    })
  })
}

function refuseByLength(request: Request): void {
  const length = Number(request.get('content-length'))
  if (!Number.isSafeInteger(length) || request.get('content-length') === undefined) {
    throw new Refused('invalid', 'body.length')
  }
  if (length > limits.fileBytes + formBytes) throw new Refused('invalid', 'file.tooLarge')
}

function conversationIn(body: unknown): string | null {
  const given = (body as { conversationId?: unknown } | undefined)?.conversationId
  if (given === undefined || given === '') return null
  if (typeof given === 'string' && idShape.test(given)) return given
  throw new Refused('invalid', 'id.shape', { field: 'conversationId' })
}

function memory(share: UploadShare, maxBytes: () => number): StorageEngine {
  return {
    _handleFile(_request, file, done) {
      const chunks: Buffer[] = []
      let size = 0
      const give = (error?: unknown) => {
        chunks.length = 0
        done(error)
      }
      file.stream.on('error', give)
      file.stream.on('data', (chunk: Buffer) => {
        size += chunk.length
        try {
          if (size > maxBytes()) throw new Refused('invalid', 'file.tooLarge')
          share.take(chunk.length)
          chunks.push(chunk)
        } catch (refused) {
          file.stream.removeAllListeners('data').resume()
          give(refused)
        }
      })
      file.stream.on('end', () => {
        if (size <= maxBytes()) done(null, { buffer: Buffer.concat(chunks), size })
      })
    },
    _removeFile(_request, _file, done) {
      done(null)
    },
  }
}

function refusedOf(error: unknown): unknown {
  if (error instanceof MulterError) {
    if (error.code === 'LIMIT_FILE_SIZE') return new Refused('invalid', 'file.tooLarge')
    return new Refused('invalid', 'form.shape', error.field === undefined ? {} : { field: error.field })
  }
  // Busboy's own words for a form that is cut off or malformed.
  if (
    error instanceof Error &&
    /multipart|boundary|unexpected end of form|request (?:aborted|closed)/i.test(error.message)
  ) {
    return new Refused('invalid', 'form.shape')
  }
  return error
}
