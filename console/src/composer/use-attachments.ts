import { newRequestId } from '@parley/shared/client/request-id.ts'
import type { SentFile } from '@parley/shared/protocol/events.ts'
import { limits } from '@parley/shared/protocol/limits.ts'
import { useEffect, useRef, useState } from 'preact/hooks'
import type { Attachment } from '../conversation/sent-files.tsx'
import { tooLargeWords, type Upload, uploadFile } from './upload-file.ts'

export interface AttachmentList {
  list: readonly Attachment[]
  files: SentFile[]
  isUploading: boolean
  hasRefused: boolean
  add: (files: Iterable<File>) => void
  remove: (key: string) => void
  clear: () => void
}

export function useAttachments(conversationId: string, initial: readonly SentFile[]): AttachmentList {
  const [list, setList] = useState<Attachment[]>(() => initial.map(asUploaded))
  const uploads = useRef(new Map<string, Upload>())
  useEffect(
    () => () => {
      for (const upload of uploads.current.values()) upload.cancel()
    },
    [],
  )
  const change = (key: string, next: Partial<Attachment>) =>
    setList((now) => now.map((one) => (one.key === key ? { ...one, ...next } : one)))

  function add(files: Iterable<File>): void {
    let room = limits.filesPerMessage - list.length
    for (const file of files) {
      const key = newRequestId()
      const refusal =
        room <= 0
          ? `A message takes ${limits.filesPerMessage} files. Send this one in the next.`
          : tooLargeWords(file)
      room -= 1
      const attachment = { key, name: file.name, bytes: file.size, file: null, refusal }
      setList((now) => [...now, { ...attachment, progress: refusal === null ? 0 : null }])
      if (refusal !== null) continue
      const upload = uploadFile(file, conversationId, (progress) => change(key, { progress }))
      uploads.current.set(key, upload)
      upload.file.then(
        (sent) => change(key, { file: sent, name: sent.name, bytes: sent.bytes, progress: null }),
        (error: Error) => change(key, { refusal: error.message, progress: null }),
      )
    }
  }

  return {
    list,
    files: list.flatMap((one) => one.file ?? []),
    isUploading: list.some((one) => one.progress !== null),
    hasRefused: list.some((one) => one.refusal !== null),
    add,
    remove(key) {
      uploads.current.get(key)?.cancel()
      uploads.current.delete(key)
      setList((now) => now.filter((one) => one.key !== key))
    },
    clear() {
      uploads.current.clear()
      setList([])
    },
  }
}

function asUploaded(file: SentFile): Attachment {
  return { key: file.fileId, name: file.name, bytes: file.bytes, progress: null, refusal: null, file }
}
