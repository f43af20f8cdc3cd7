import type { SentFile } from '@parley/shared/protocol/events.ts'
import { useEffect, useRef, useState } from 'preact/hooks'
import { say } from '../../i18n/words.ts'
import { fetchFile, sizeOf } from '../upload.ts'
import { Icon, Line } from './icon.tsx'

const down = 'M10 4v9M6 9.5l4 4 4-4M4.5 16.5h11'
const page = 'M6 3.5h5.5L15 7v9.5H6zM11 3.5V7.5h4'

export function Files({ files }: { files: readonly SentFile[] }) {
  const photos = files.filter((file) => file.hasThumbnail)
  return (
    <>
      {photos.length > 0 && (
        <div class="photos">
          {photos.map((file) => (
            <Photo key={file.fileId} file={file} />
          ))}
        </div>
      )}
      {files
        .filter((file) => !file.hasThumbnail)
        .map((file) => (
          <Card key={file.fileId} name={file.name} detail={`${kindOf(file)}, ${sizeOf(file.bytes)}`}>
            <button
              type="button"
              class="round"
              aria-label={say('download', file.name)}
              onClick={() => void save(file)}
            >
              <Line d={down} />
            </button>
          </Card>
        ))}
    </>
  )
}

/** Cut in the middle, so that the ending stays. */
export function Card(props: {
  name: string
  detail: string
  picture?: string | undefined
  children?: preact.ComponentChildren
}) {
  const { name, detail, picture, children } = props
  const at = Math.max(0, name.length - 9)
  return (
    <div class="file">
      {picture ? <img src={picture} alt="" /> : <Line d={page} />}
      <span>
        <b dir="auto" title={name}>
          <span>{name.slice(0, at)}</span>
          <span>{name.slice(at)}</span>
        </b>
        <small>{detail}</small>
      </span>
      {children}
    </div>
  )
}

function kindOf(file: SentFile): string {
  const [kind = '', form = ''] = file.type.split('/')
  if (kind === 'image') return say('photo')
  return form.length <= 4 ? form.toUpperCase() : say('file')
}

async function save(file: SentFile): Promise<void> {
  const link = document.createElement('a')
  link.href = await fetchFile(file.fileId, '')
  link.download = file.name
  link.click()
  setTimeout(() => URL.revokeObjectURL(link.href), 10_000)
}

function useFile(fileId: string, kind: '' | '/thumbnail', isWanted: boolean): string | undefined {
  const [address, setAddress] = useState<string>()
  useEffect(() => {
    if (!isWanted) return
    let made: string | undefined
    let isGone = false
    fetchFile(fileId, kind).then(
      (url) => {
        made = url
        if (isGone) URL.revokeObjectURL(url)
        else setAddress(url)
      },
      () => {},
    )
    return () => {
      isGone = true
      if (made) URL.revokeObjectURL(made)
      setAddress(undefined)
    }
  }, [fileId, kind, isWanted])
  return address
}

function Photo({ file }: { file: SentFile }) {
  const [isOpen, setOpen] = useState(false)
  const small = useFile(file.fileId, '/thumbnail', true)
  return (
    <>
      <button type="button" class="photo" onClick={() => setOpen(true)}>
        {small ? <img src={small} alt={file.name} /> : <span class="aside">{file.name}</span>}
      </button>
      {isOpen && <Viewer file={file} onClose={() => setOpen(false)} />}
    </>
  )
}

function Viewer({ file, onClose }: { file: SentFile; onClose: () => void }) {
  const dialog = useRef<HTMLDialogElement>(null)
  const full = useFile(file.fileId, '', true)
  useEffect(() => dialog.current?.showModal(), [])
  return (
    <dialog
      ref={dialog}
      class="viewer"
      aria-label={file.name}
      onClose={onClose}
      onKeyDown={(event) => event.key === 'Escape' && event.stopPropagation()}
    >
      <p>
        <bdi>{file.name}</bdi>
        <span class="actions">
          <button
            type="button"
            class="round"
            aria-label={say('download', file.name)}
            onClick={() => void save(file)}
          >
            <Line d={down} />
          </button>
          <button
            type="button"
            class="round"
            aria-label={say('back')}
            onClick={() => dialog.current?.close()}
          >
            <Icon name="close" />
          </button>
        </span>
      </p>
      {full && <img src={full} alt={file.name} />}
    </dialog>
  )
}
