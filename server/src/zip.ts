import { crc32 } from 'node:zlib'

export interface ZipEntry {
  /** With `/` between folders. */
  name: string
  bytes: Uint8Array
  at: Date
}

export interface PlacedEntry {
  name: Buffer
  size: number
  crc: number
  time: number
  /** Where its header begins. */
  offset: number
}

const most32 = 0xffff_ffff
const most16 = 0xffff
/** Names are UTF-8. */
const flags = 0x0800
const version = { plain: 20, zip64: 45 }

/**
 * A ZIP archive as it is written, one entry in memory at a time (APPNOTE 6.3.10). Stored, not packed: pictures and films do
 * not get smaller, and what is stored can be read back by hand. Beyond 4 GiB or 65,535 entries it is ZIP64.
 */
export async function* zipOf(entries: AsyncIterable<ZipEntry> | Iterable<ZipEntry>): AsyncGenerator<Buffer> {
  const placed: PlacedEntry[] = []
  let offset = 0
  for await (const { name, bytes, at } of entries) {
    const entry: PlacedEntry = {
      name: Buffer.from(name, 'utf8'),
      size: bytes.length,
      crc: crc32(bytes),
      time: dosTime(at),
      offset,
    }
    const header = localHeader(entry)
    yield header
    yield Buffer.from(bytes.buffer, bytes.byteOffset, bytes.byteLength)
    placed.push(entry)
    offset += header.length + bytes.length
  }
  yield endOf(placed, offset)
}

/** A sender's name for a file holds no path; some systems also refuse these. The id keeps two of one name apart. */
export function onAnyDisk(fileId: string, name: string): string {
  return `${fileId} ${name.replace(/[<>:"|?*]/g, '_').replace(/[. ]+$/, '_')}`
}

/** The directory of everything and where it begins. */
export function endOf(placed: readonly PlacedEntry[], start: number): Buffer {
  const directory = Buffer.concat(placed.map(directoryEntry))
  const isLarge = placed.length >= most16 || start + directory.length >= most32
  const end = Buffer.alloc(22)
  end.writeUInt32LE(0x0605_4b50, 0)
  end.writeUInt16LE(Math.min(placed.length, most16), 8)
  end.writeUInt16LE(Math.min(placed.length, most16), 10)
  end.writeUInt32LE(Math.min(directory.length, most32), 12)
  end.writeUInt32LE(Math.min(start, most32), 16)
  return Buffer.concat([
    directory,
    ...(isLarge ? [zip64End(placed.length, directory.length, start)] : []),
    end,
  ])
}

function localHeader({ name, size, crc, time }: PlacedEntry): Buffer {
  const header = Buffer.alloc(30)
  header.writeUInt32LE(0x0403_4b50, 0)
  header.writeUInt16LE(version.plain, 4)
  describe(header, 6, { size, crc, time })
  header.writeUInt16LE(name.length, 26)
  return Buffer.concat([header, name])
}

function directoryEntry({ name, size, crc, time, offset }: PlacedEntry): Buffer {
  const isFar = offset >= most32
  const extra = Buffer.alloc(isFar ? 12 : 0)
  if (isFar) {
    extra.writeUInt16LE(0x0001, 0)
    extra.writeUInt16LE(8, 2)
    extra.writeBigUInt64LE(BigInt(offset), 4)
  }
  const header = Buffer.alloc(46)
  header.writeUInt32LE(0x0201_4b50, 0)
  header.writeUInt16LE(isFar ? version.zip64 : version.plain, 4)
  header.writeUInt16LE(isFar ? version.zip64 : version.plain, 6)
  describe(header, 8, { size, crc, time })
  header.writeUInt16LE(name.length, 28)
  header.writeUInt16LE(extra.length, 30)
  header.writeUInt32LE(Math.min(offset, most32), 42)
  return Buffer.concat([header, name, extra])
}

/** What both headers say of an entry, in the same order. */
function describe(header: Buffer, at: number, entry: Pick<PlacedEntry, 'size' | 'crc' | 'time'>): void {
  header.writeUInt16LE(flags, at)
  header.writeUInt32LE(entry.time, at + 4)
  header.writeUInt32LE(entry.crc, at + 8)
  header.writeUInt32LE(entry.size, at + 12)
  header.writeUInt32LE(entry.size, at + 16)
}

function zip64End(count: number, size: number, start: number): Buffer {
  const record = Buffer.alloc(56 + 20)
  record.writeUInt32LE(0x0606_4b50, 0)
  record.writeBigUInt64LE(44n, 4)
  record.writeUInt16LE(version.zip64, 12)
  record.writeUInt16LE(version.zip64, 14)
  record.writeBigUInt64LE(BigInt(count), 24)
  record.writeBigUInt64LE(BigInt(count), 32)
  record.writeBigUInt64LE(BigInt(size), 40)
  record.writeBigUInt64LE(BigInt(start), 48)
  record.writeUInt32LE(0x0706_4b50, 56)
  record.writeBigUInt64LE(BigInt(start + size), 64)
  record.writeUInt32LE(1, 72)
  return record
}

/** Two-second steps since 1980: date in the upper half, time in the lower. */
function dosTime(at: Date): number {
  const date =
    (Math.max(at.getUTCFullYear() - 1980, 0) << 9) | ((at.getUTCMonth() + 1) << 5) | at.getUTCDate()
  const time = (at.getUTCHours() << 11) | (at.getUTCMinutes() << 5) | (at.getUTCSeconds() >> 1)
  return ((date << 16) | time) >>> 0
}
