import { describe, expect, it } from 'vitest'
import { readZip } from './testing/read-zip.ts'
import { endOf, type PlacedEntry, type ZipEntry, zipOf } from './zip.ts'

const at = new Date('2026-11-26T20:31:44Z')

async function packed(...entries: ZipEntry[]): Promise<Buffer> {
  const chunks: Buffer[] = []
  for await (const chunk of zipOf(entries)) chunks.push(chunk)
  return Buffer.concat(chunks)
}

describe('an archive', () => {
  it('gives back what was put in, under its name in any script', async () => {
    const bytes = Buffer.from(Array.from({ length: 70_000 }, (_, index) => index % 251))
    const archive = await packed(
      { name: 'person.json', bytes: Buffer.from('{"name":"Márta"}'), at },
      { name: 'files/fil_1 чашка 杯.png', bytes, at },
      { name: 'files/empty.txt', bytes: Buffer.alloc(0), at },
    )
    const found = readZip(archive)
    expect([...found.keys()]).toEqual(['person.json', 'files/fil_1 чашка 杯.png', 'files/empty.txt'])
    expect(found.get('files/fil_1 чашка 杯.png')?.equals(bytes)).toBe(true)
    expect(found.get('files/empty.txt')).toHaveLength(0)
  })

  it('of nothing is an archive', async () => {
    expect(readZip(await packed())).toEqual(new Map())
  })

  it('writes date and time as archives do', async () => {
    const archive = await packed({ name: 'a', bytes: Buffer.from('a'), at })
    const [time, date] = [archive.readUInt16LE(10), archive.readUInt16LE(12)]
    expect([(date >> 9) + 1980, (date >> 5) & 15, date & 31]).toEqual([2026, 11, 26])
    expect([time >> 11, (time >> 5) & 63, (time & 31) * 2]).toEqual([20, 31, 44])
  })

  it('takes one entry at a time, and no more before it has been read', async () => {
    let taken = 0
    function* entries(): Generator<ZipEntry> {
      for (const name of ['a', 'b', 'c']) {
        taken += 1
        yield { name, bytes: Buffer.from(name), at }
      }
    }
    const chunks = zipOf(entries())
    await chunks.next()
    expect(taken).toBe(1)
  })

  it('says in 64 bits what 32 cannot hold, and only then', () => {
    const entry = (offset: number): PlacedEntry => ({
      name: Buffer.from('a'),
      size: 1,
      crc: 0,
      time: 0,
      offset,
    })
    const far = 5 * 2 ** 30
    const small = endOf([entry(0)], 32)
    expect(small.readUInt32LE(small.length - 22)).toBe(0x0605_4b50)
    expect(small).toHaveLength(47 + 22)
    const large = endOf([entry(0), entry(far)], far + 32)
    const [end, record] = [large.length - 22, large.length - 22 - 20 - 56]
    expect(large.readUInt32LE(end + 16)).toBe(0xffff_ffff)
    expect(large.readUInt32LE(end - 20)).toBe(0x0706_4b50)
    expect(large.readBigUInt64LE(end - 20 + 8)).toBe(BigInt(far + 32 + record))
    expect(large.readUInt32LE(record)).toBe(0x0606_4b50)
    expect(large.readBigUInt64LE(record + 48)).toBe(BigInt(far + 32))
    expect(large.readBigUInt64LE(47 + 46 + 1 + 4)).toBe(BigInt(far))
    const many = endOf(
      Array.from({ length: 70_000 }, () => entry(0)),
      32,
    )
    expect(many.readBigUInt64LE(many.length - 22 - 20 - 56 + 32)).toBe(70_000n)
  })
})
