import { limits } from '@parley/shared/protocol/limits.ts'

/** A kind of file people may send. Everything that is not in the table is refused. */
export interface Format {
  /** What it is served as, whatever the sender called it. */
  type: string
  kind: 'image' | 'audio' | 'video' | 'document'
  extensions: readonly string[]
  /** Names that browsers give the same format. */
  declared: readonly string[]
  /** What the bytes themselves are recognised as. */
  found: readonly string[]
  maxBytes: number
}

const image = { kind: 'image', maxBytes: limits.imageBytes } as const
const audio = { kind: 'audio', maxBytes: limits.fileBytes } as const
const document = { kind: 'document', maxBytes: limits.fileBytes } as const

const formats: readonly Format[] = [
  {
    ...image,
    type: 'image/png',
    extensions: ['png'],
    declared: ['image/png'],
    found: ['image/png', 'image/apng'],
  },
  {
    ...image,
    type: 'image/jpeg',
    extensions: ['jpg', 'jpeg'],
    declared: ['image/jpeg', 'image/jpg'],
    found: ['image/jpeg'],
  },
  { ...image, type: 'image/webp', extensions: ['webp'], declared: ['image/webp'], found: ['image/webp'] },
  { ...image, type: 'image/gif', extensions: ['gif'], declared: ['image/gif'], found: ['image/gif'] },
  {
    ...document,
    type: 'application/pdf',
    extensions: ['pdf'],
    declared: ['application/pdf'],
    found: ['application/pdf'],
  },
  { ...document, type: 'text/plain', extensions: ['txt'], declared: ['text/plain'], found: ['text/plain'] },
  {
    ...audio,
    type: 'audio/mpeg',
    extensions: ['mp3'],
    declared: ['audio/mpeg', 'audio/mp3'],
    found: ['audio/mpeg'],
  },
  {
    ...audio,
    type: 'audio/mp4',
    extensions: ['m4a'],
    declared: ['audio/mp4', 'audio/x-m4a', 'audio/m4a'],
    found: ['audio/x-m4a', 'audio/mp4', 'video/mp4'],
  },
  {
    ...audio,
    type: 'audio/ogg',
    extensions: ['ogg'],
    declared: ['audio/ogg', 'application/ogg', 'video/ogg'],
    found: ['audio/ogg', 'audio/ogg; codecs=opus'],
  },
  {
    kind: 'video',
    maxBytes: limits.fileBytes,
    type: 'video/mp4',
    extensions: ['mp4'],
    declared: ['video/mp4'],
    found: ['video/mp4'],
  },
]

/** The format that the name and the declared type both point to; they must agree before a byte is read. */
export function formatNamed(name: string, declared: string): Format | undefined {
  const extension = /\.([A-Za-z0-9]{1,8})$/.exec(name)?.[1]?.toLowerCase()
  const [type = ''] = declared.toLowerCase().split(';')
  if (extension === undefined) return undefined
  return formats.find(
    (format) => format.extensions.includes(extension) && format.declared.includes(type.trim()),
  )
}
