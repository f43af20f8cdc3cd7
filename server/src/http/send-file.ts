import type { Response } from 'express'
import type { OpenedFile } from '../files/index.ts'

/** Whatever is inside the file, the browser takes it for what we say, runs nothing of it and keeps no copy. */
export function sendFile(
  response: Response,
  file: OpenedFile,
  { isSaved, isElsewhere }: { isSaved: boolean; isElsewhere: boolean },
): void {
  response
    .status(200)
    .set({
      'Content-Type': file.type === 'text/plain' ? 'text/plain; charset=utf-8' : file.type,
      'Content-Disposition': disposition(file.isShown && !isSaved ? 'inline' : 'attachment', file.name),
      'Content-Security-Policy': "default-src 'none'; sandbox; frame-ancestors 'none'",
      'X-Content-Type-Options': 'nosniff',
      // From its own host it is shown on ours, which may be another site altogether.
      'Cross-Origin-Resource-Policy': isElsewhere ? 'cross-origin' : 'same-origin',
      'Referrer-Policy': 'no-referrer',
      'Cache-Control': 'private, no-store',
      ...(file.sha256 === null ? {} : { 'Repr-Digest': `sha-256=:${base64(file.sha256)}:` }),
    })
    .end(file.bytes)
}

function disposition(kind: 'inline' | 'attachment', name: string): string {
  const plain = name.replace(/[^A-Za-z0-9 ._-]/g, '_')
  const exact = encodeURIComponent(name).replace(
    /['()*]/g,
    (sign) => `%${sign.charCodeAt(0).toString(16).toUpperCase()}`,
  )
  return `${kind}; filename="${plain}"; filename*=UTF-8''${exact}`
}

function base64(hex: string): string {
  return Buffer.from(hex, 'hex').toString('base64')
}
