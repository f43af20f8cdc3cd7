import { fileTypeFromBuffer } from 'file-type'
import { Refused } from '../app/refused.ts'
import type { Format } from './formats.ts'

/** The bytes must be what name and declared type already agree on, and nothing else besides. */
export async function recogniseFile(format: Format, bytes: Buffer): Promise<void> {
  if (format.type === 'text/plain') {
    if (!(await isPlainText(bytes))) throw new Refused('invalid', 'file.type')
    return
  }
  const found = (await fileTypeFromBuffer(bytes))?.mime
  if (found === undefined || !format.found.includes(found)) throw new Refused('invalid', 'file.type')
  // Images are written anew, which leaves behind whatever was tied to them; the others keep their bytes.
  if (format.kind === 'image') return
  if (isTwoFormats(format, bytes)) throw new Refused('invalid', 'file.type')
}

// Tab, line feed, form feed and carriage return are the controls of a text.
const binary = /(?![\t\n\f\r])\p{Cc}/u
const markupOrScript = /^(?:<[!?/A-Za-z]|#!)/

async function isPlainText(bytes: Buffer): Promise<boolean> {
  let text: string
  try {
    text = new TextDecoder('utf-8', { fatal: true }).decode(bytes)
  } catch {
    return false
  }
  if (binary.test(text) || markupOrScript.test(text.trimStart().slice(0, 8))) return false
  return (await fileTypeFromBuffer(bytes)) === undefined
}

const endOfArchive = Buffer.from('PK\u0005\u0006', 'latin1')
const longestArchiveEnd = 22 + 65_535

/** A file that is also an archive: archives are read from their end, so any head may stand before one. */
function isTwoFormats(format: Format, bytes: Buffer): boolean {
  if (format.type === 'application/pdf' && !bytes.subarray(-2_048).includes('%%EOF')) return true
  return bytes.subarray(-longestArchiveEnd).includes(endOfArchive)
}
