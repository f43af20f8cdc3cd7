import type { SentFile } from '@parley/shared/protocol/events.ts'
import type { Refusal } from '@parley/shared/protocol/refusals.ts'
import { say } from '../i18n/words.ts'
import { refusalText } from './refusal.ts'
import { recall, site } from './state.ts'

const mega = 1024 * 1024
const largest = { image: 10 * mega, other: 25 * mega }

export const credentials = (): Record<string, string> => ({
  authorization: `Bearer ${recall('token') ?? ''}`,
  'parley-site': site.key,
})

export function sizeOf(bytes: number): string {
  if (bytes < 1_000) return say('bytes', bytes)
  return bytes < mega
    ? say('kilobytes', Math.round(bytes / 1_000))
    : say('megabytes', Math.round(bytes / mega))
}

/** What can be told before a byte is sent; the server decides. */
export function faultOf(file: { name: string; type: string; size: number }): string | undefined {
  if (file.size === 0) return say('fileEmpty')
  const most = file.type.startsWith('image/') ? largest.image : largest.other
  if (file.size > most) return say('fileLarge', file.name, sizeOf(file.size), sizeOf(most))
  if (/svg|html|xml|javascript|zip|x-msdownload/.test(file.type)) return say('fileKind')
}

/** Rejects with the sentence to show; a lost connection is tried again by the person. */
export function upload(
  file: File,
  conversationId: string | null,
  onProgress: (share: number) => void,
  signal: AbortSignal,
): Promise<SentFile> {
  return new Promise((resolve, reject) => {
    const request = new XMLHttpRequest()
    const body = new FormData()
    if (conversationId) body.append('conversationId', conversationId)
    body.append('file', file)
    request.open('POST', '/api/v1/uploads')
    for (const [name, value] of Object.entries(credentials())) request.setRequestHeader(name, value)
    request.responseType = 'json'
    request.upload.onprogress = ({ loaded, total }) => onProgress(total ? loaded / total : 0)
    request.onload = () => {
      if (request.status === 201) return resolve(request.response)
      const refusal: Refusal | null = request.response
      const isLarge = refusal?.reason === 'file.tooLarge' || request.status === 413
      const most = sizeOf(file.type.startsWith('image/') ? largest.image : largest.other)
      reject(
        isLarge
          ? say('fileLarge', file.name, sizeOf(file.size), most)
          : refusalText(refusal?.code ? refusal : { code: 'internal' }),
      )
    }
    request.onerror = () => reject(refusalText({ code: 'unavailable' }))
    request.onabort = () => reject('')
    signal.addEventListener('abort', () => request.abort())
    request.send(body)
  })
}

/** Bytes are fetched with the visitor's token each time, so that a copied address opens nothing. */
export async function fetchFile(fileId: string, kind: '' | '/thumbnail'): Promise<string> {
  const response = await fetch(`/api/v1/files/${fileId}${kind}`, { headers: credentials() })
  if (!response.ok) throw new Error(`${response.status}`)
  return URL.createObjectURL(await response.blob())
}
