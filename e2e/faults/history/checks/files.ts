import type { Check, Violation } from '../history.ts'

/** I13: what a message shows can be fetched on every node as it was uploaded, and no bytes lie about that no row knows. */
export const files: Check = ({ stored, uploads, downloads, blobs }) => {
  const found: Violation[] = []
  const report = (sentence: string, evidence: unknown) =>
    found.push({ invariant: 'I13', sentence, evidence: [evidence] })
  const given = new Map(uploads.map(({ fileId, sha256 }) => [fileId, sha256]))
  const shown = new Set(
    stored.flatMap(({ event }) =>
      event.type === 'messageSent' ? event.payload.files.map(({ fileId }) => fileId) : [],
    ),
  )
  for (const fileId of shown) {
    const fetched = downloads.filter((download) => download.fileId === fileId)
    if (fetched.length === 0) report(`A message shows ${fileId}, and nobody fetched it.`, fileId)
    for (const download of fetched) {
      if (download.status !== 200)
        report(`A message shows ${fileId}, and ${download.node} answers ${download.status}.`, download)
      else if (given.get(fileId) !== download.sha256)
        report(`${download.node} gives ${fileId} otherwise than it was uploaded.`, download)
    }
  }
  for (const blob of blobs)
    if (!blob.hasRow) report(`Bytes are stored under ${blob.key} and have no row.`, blob)
  return found
}
