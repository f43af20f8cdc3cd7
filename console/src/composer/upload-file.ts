import type { SentFile } from '@parley/shared/protocol/events.ts'
import { limits } from '@parley/shared/protocol/limits.ts'
import { refusalWords } from '../acts/refusal-words.ts'
import { refusalOf } from '../session.ts'

export interface Upload {
  file: Promise<SentFile>
  cancel: () => void
}

/** Why a file would be refused anyway; spares sending it. The server decides. */
export function tooLargeWords(file: { size: number; type: string }): string | null {
  const most = file.type.startsWith('image/') ? limits.imageBytes : limits.fileBytes
  return file.size > most ? refusalWords({ code: 'invalid', reason: 'file.tooLarge' }) : null
}

/** XMLHttpRequest, because fetch tells nothing of an upload's progress. Rejects with words for people. */
export function uploadFile(file: File, conversationId: string, onProgress: (part: number) => void): Upload {
  const request = new XMLHttpRequest()
  const promise = new Promise<SentFile>((resolve, reject) => {
    const fail = () => reject(new Error('The connection broke. Remove the file and add it again.'))
    request.upload.onprogress = (event) => {
      if (event.lengthComputable) onProgress(event.loaded / event.total)
    }
    request.onload = () => {
      const answer: unknown = parsed(request.responseText)
      if (request.status === 201) return resolve(answer as SentFile)
      reject(new Error(refusalWords(refusalOf(answer, request.getResponseHeader('retry-after')))))
    }
    request.onerror = fail
    request.onabort = fail
    const form = new FormData()
    form.append('conversationId', conversationId)
    form.append('file', file)
    request.open('POST', '/api/v1/uploads')
    request.setRequestHeader('parley-csrf', '1')
    request.send(form)
  })
  return { file: promise, cancel: () => request.abort() }
}

function parsed(text: string): unknown {
  try {
    return JSON.parse(text)
  } catch {
    return null
  }
}
