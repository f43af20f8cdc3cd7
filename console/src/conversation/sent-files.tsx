import type { SentFile } from '@parley/shared/protocol/events.ts'
import { Download, File as FileIcon, X } from 'lucide'
import { useState } from 'preact/hooks'
import { Dialog } from '../parts/dialog.tsx'
import { Icon } from '../parts/icon.tsx'
import { fileAddress, isPicture, savedAddress, sizeWords, thumbnailAddress } from './file-words.ts'
import styles from './sent-files.module.css'

export function SentFiles({ files }: { files: readonly SentFile[] }) {
  const [open, setOpen] = useState<SentFile | null>(null)
  if (files.length === 0) return null
  return (
    <ul class={styles.files}>
      {files.map((file) => (
        <li key={file.fileId}>
          {isPicture(file) ? (
            <button type="button" class={styles.picture} onClick={() => setOpen(file)} title={file.name}>
              <img
                src={thumbnailAddress(file.fileId)}
                alt={`Picture: ${file.name}`}
                loading="lazy"
                decoding="async"
                style={shapeOf(file)}
              />
            </button>
          ) : (
            <a class={styles.file} href={savedAddress(file.fileId)} download={file.name}>
              <Icon node={FileIcon} size={18} />
              <span class={styles.name}>
                <bdi title={file.name}>{file.name}</bdi>
                <span class={styles.size}>{sizeWords(file.bytes)}</span>
              </span>
              <Icon node={Download} size={16} label="Download" />
            </a>
          )}
        </li>
      ))}
      <Dialog title={open?.name ?? ''} isOpen={open !== null} onClose={() => setOpen(null)} width={640}>
        {open !== null && (
          <figure class={styles.figure}>
            <img src={fileAddress(open.fileId)} alt={open.name} />
            <figcaption>
              {sizeWords(open.bytes)}
              <a href={savedAddress(open.fileId)} download={open.name}>
                Download
              </a>
            </figcaption>
          </figure>
        )}
      </Dialog>
    </ul>
  )
}

/** The place is kept before the picture has come, so that nothing jumps. */
function shapeOf({ width, height }: SentFile): Record<string, string> {
  if (width === undefined || height === undefined) return {}
  const scale = Math.min(1, 240 / width, 200 / height)
  return { width: `${Math.round(width * scale)}px`, aspectRatio: `${width} / ${height}` }
}

export interface Attachment {
  key: string
  name: string
  bytes: number
  /** 0 to 1 while it goes up; null when done or refused. */
  progress: number | null
  refusal: string | null
  file: SentFile | null
}

/** What will go with the message: progress while it goes up, the reason when it may not. */
export function Attachments({
  list,
  onRemove,
}: {
  list: readonly Attachment[]
  onRemove: (key: string) => void
}) {
  if (list.length === 0) return null
  return (
    <ul class={styles.attachments} aria-label="Files to send">
      {list.map((attachment) => (
        <li key={attachment.key} class={attachment.refusal === null ? styles.attachment : styles.refused}>
          {attachment.file !== null && isPicture(attachment.file) ? (
            <img class={styles.small} src={thumbnailAddress(attachment.file.fileId)} alt="" />
          ) : (
            <Icon node={FileIcon} size={16} />
          )}
          <span class={styles.name}>
            <bdi title={attachment.name}>{attachment.name}</bdi>
            <span class={styles.size} role={attachment.refusal === null ? undefined : 'alert'}>
              {attachment.refusal ?? sizeWords(attachment.bytes)}
            </span>
            {attachment.progress !== null && (
              <progress
                class={styles.progress}
                max={1}
                value={attachment.progress}
                aria-label={`Uploading ${attachment.name}`}
              />
            )}
          </span>
          <button
            type="button"
            class={styles.remove}
            aria-label={`Remove ${attachment.name}`}
            onClick={() => onRemove(attachment.key)}
          >
            <Icon node={X} size={14} />
          </button>
        </li>
      ))}
    </ul>
  )
}
