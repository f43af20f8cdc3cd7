import { mkdtemp, readdir, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, describe, expect, it } from 'vitest'
import { diskBlobs, newBlobKey } from './blobs.ts'

const folder = await mkdtemp(join(tmpdir(), 'parley-blobs-'))
afterAll(() => rm(folder, { recursive: true, force: true }))
const blobs = diskBlobs(folder)

describe('blobs on disk', () => {
  it('give back the same bytes until they are deleted', async () => {
    const key = newBlobKey()
    const bytes = new Uint8Array(100_000).map((_, n) => n % 251)
    expect(await blobs.get(key)).toBeUndefined()
    await blobs.put(key, bytes)
    expect(Buffer.compare((await blobs.get(key)) ?? new Uint8Array(), bytes)).toBe(0)
    await blobs.delete(key)
    await blobs.delete(key)
    expect(await blobs.get(key)).toBeUndefined()
  })

  it('are replaced whole, and leave no draft behind', async () => {
    const key = newBlobKey()
    await Promise.all([1, 2, 3, 4].map((n) => blobs.put(key, new Uint8Array(50_000).fill(n))))
    const bytes = (await blobs.get(key)) ?? new Uint8Array()
    expect(bytes.length).toBe(50_000)
    expect(new Set(bytes).size).toBe(1)
    const files = await readdir(join(folder, 'files'), { recursive: true })
    expect(files.filter((path) => path.endsWith('.part'))).toEqual([])
    expect(files).toContain(join(key.slice(0, 2), key.slice(2, 4), key))
  })

  it('take with them what a process that was killed had begun to write', async () => {
    const [key, other] = [newBlobKey(), newBlobKey()]
    await blobs.put(key, new Uint8Array(10))
    const beside = join(folder, 'files', key.slice(0, 2), key.slice(2, 4))
    await writeFile(join(beside, `${key}.${newBlobKey()}.part`), 'half of it')
    await writeFile(join(beside, `${other}.${newBlobKey()}.part`), 'of another')
    await blobs.delete(key)
    const left = await readdir(beside)
    expect(left.filter((name) => name.startsWith(key))).toEqual([])
    expect(left.some((name) => name.startsWith(other))).toBe(true)
    await rm(beside, { recursive: true })
  })

  it.each([
    '../../secret.key',
    '..',
    '',
    'a/b',
    `${'a'.repeat(31)}/`,
    `${'a'.repeat(32)}\n`,
    `${'A'.repeat(32)}`,
    `${'a'.repeat(31)}\0`,
  ])('refuse %j as a key', async (key) => {
    await expect(blobs.get(key)).rejects.toThrow(TypeError)
    await expect(blobs.put(key, new Uint8Array())).rejects.toThrow(TypeError)
    await expect(blobs.delete(key)).rejects.toThrow(TypeError)
  })
})
