import { crc32 } from 'node:zlib'

/** Reads an archive as the standard says it, from its end; throws when anything does not fit. */
export function readZip(archive: Buffer): Map<string, Buffer> {
  const end = archive.length - 22
  if (archive.readUInt32LE(end) !== 0x0605_4b50) throw new Error('There is no end.')
  const found = new Map<string, Buffer>()
  const count = archive.readUInt16LE(end + 10)
  let at = archive.readUInt32LE(end + 16)
  for (let entry = 0; entry < count; entry += 1) {
    if (archive.readUInt32LE(at) !== 0x0201_4b50) throw new Error(`Entry ${entry} is not where it should be.`)
    const [nameLength, extraLength] = [archive.readUInt16LE(at + 28), archive.readUInt16LE(at + 30)]
    const name = archive.toString('utf8', at + 46, at + 46 + nameLength)
    const offset = archive.readUInt32LE(at + 42)
    if (archive.readUInt32LE(offset) !== 0x0403_4b50) throw new Error(`${name} has no header of its own.`)
    const from = offset + 30 + archive.readUInt16LE(offset + 26) + archive.readUInt16LE(offset + 28)
    const bytes = archive.subarray(from, from + archive.readUInt32LE(at + 24))
    if (crc32(bytes) !== archive.readUInt32LE(at + 16)) throw new Error(`${name} is not what was packed.`)
    if (found.has(name)) throw new Error(`${name} is there twice.`)
    found.set(name, bytes)
    at += 46 + nameLength + extraLength
  }
  if (at !== end) throw new Error('The directory does not reach the end.')
  return found
}
