/** `12 kB`, `3.4 MB`: powers of ten, as files are named in shops. */
export function sizeWords(bytes: number): string {
  if (bytes < 1_000) return `${bytes} B`
  if (bytes < 1_000_000) return `${Math.round(bytes / 1_000)} kB`
  return `${(bytes / 1_000_000).toFixed(1)} MB`
}

export function fileAddress(fileId: string): string {
  return `/api/v1/files/${encodeURIComponent(fileId)}`
}

/** Goes to the browser’s downloads, wherever it is fetched from. */
export function savedAddress(fileId: string): string {
  return `${fileAddress(fileId)}?save`
}

export function thumbnailAddress(fileId: string): string {
  return `${fileAddress(fileId)}/thumbnail`
}

export function isPicture(file: { type: string; hasThumbnail: boolean }): boolean {
  return file.type.startsWith('image/') && file.hasThumbnail
}
