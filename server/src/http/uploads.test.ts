import { rm, writeFile } from 'node:fs/promises'
import { request as httpRequest } from 'node:http'
import { join } from 'node:path'
import sharp from 'sharp'
import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest'
import * as samples from '../files/samples.ts'
import {
  download,
  expectNothingStored,
  forgetFiles,
  given,
  png,
  prepare,
  problemOf,
  serve,
  server,
  stop,
  storedRows,
  upload,
  uploaded,
  url,
} from '../testing/file-world.ts'

describe('uploads', () => {
  beforeAll(() => prepare())
  beforeAll(() => serve())
  afterAll(stop)
  afterAll(() => given.close())
  beforeEach(forgetFiles)

  test.each([
    ['note.txt', 'text/plain', samples.plainText, 'attachment', 'text/plain; charset=utf-8'],
    ['call.mp3', 'audio/mp3', samples.mp3, 'inline', 'audio/mpeg'],
    ['call.m4a', 'audio/x-m4a', samples.m4a, 'inline', 'audio/mp4'],
    ['call.ogg', 'audio/ogg', samples.ogg, 'inline', 'audio/ogg'],
    ['film.mp4', 'video/mp4', samples.mp4, 'inline', 'video/mp4'],
  ])('know %s by its content', async (name, type, bytes, disposition, servedAs) => {
    const file = await uploaded('omar', { name, type, bytes })
    const { headers } = await download('omar', file.fileId)
    expect(headers.get('content-type')).toBe(servedAs)
    expect(headers.get('content-disposition')).toMatch(new RegExp(`^${disposition};`))
  })

  test('write a photo anew: upright, without its position, with a thumbnail', async () => {
    const photo = await samples.phonePhoto()
    expect(photo.includes(samples.canary)).toBe(true)
    const file = await uploaded('omar', { name: 'IMG_1.JPG', type: 'image/jpeg', bytes: photo })
    expect(file).toMatchObject({ type: 'image/jpeg', width: 480, height: 640, hasThumbnail: true })
    const response = await download('omar', file.fileId)
    expect(response.headers.get('content-disposition')).toMatch(/^inline;/)
    const bytes = Buffer.from(await response.arrayBuffer())
    expect(bytes.length).toBe(file.bytes)
    expect(bytes.includes(samples.canary)).toBe(false)
    expect((await sharp(bytes).metadata()).exif).toBeUndefined()
    const thumbnail = await download('omar', file.fileId, '/thumbnail')
    expect(thumbnail.headers.get('content-type')).toBe('image/webp')
    expect((await sharp(Buffer.from(await thumbnail.arrayBuffer())).metadata()).width).toBe(360)
  })

  test.each([
    ['an SVG', { name: 'lamp.svg', type: 'image/svg+xml', bytes: samples.svg }, 415, 'file.type'],
    ['a renamed program', { bytes: samples.program }, 415, 'file.type'],
    [
      'a wrong extension',
      { name: 'lamp.pdf', type: 'application/pdf', bytes: Buffer.from('\x89PNG\r\n') },
      415,
      'file.type',
    ],
    ['a page', { name: 'a.html', type: 'text/html', bytes: Buffer.from('<p>') }, 415, 'file.type'],
    [
      'a polyglot of PDF and archive',
      { name: 'a.pdf', type: 'application/pdf', bytes: Buffer.concat([samples.pdf, samples.archive]) },
      415,
      'file.type',
    ],
    ['an empty file', { bytes: Buffer.alloc(0) }, 422, 'file.empty'],
    [
      'a key by its name',
      { name: 'id_rsa', type: 'application/octet-stream', bytes: Buffer.from('x') },
      422,
      'file.secret',
    ],
    [
      'a key by its content',
      { name: 'a.txt', type: 'text/plain', bytes: Buffer.from('-----BEGIN PRIVATE KEY-----') },
      422,
      'file.secret',
    ],
    ['a picture of 11 MB', { bytes: Buffer.alloc(11 * 1024 * 1024) }, 413, 'file.tooLarge'],
    [
      'a file of 25 MB and one byte',
      { name: 'a.pdf', type: 'application/pdf', bytes: Buffer.alloc(25 * 1024 * 1024 + 1) },
      413,
      'file.tooLarge',
    ],
    [
      '40 MB',
      { name: 'a.pdf', type: 'application/pdf', bytes: Buffer.alloc(40 * 1024 * 1024) },
      413,
      'file.tooLarge',
    ],
  ])('refuse %s and store nothing', async (_what, sent, status, reason) => {
    expect(await problemOf(await upload('omar', sent))).toEqual({ status, code: 'invalid', reason })
    await expectNothingStored()
    expect((await upload('omar', { bytes: png })).status).toBe(201)
  })

  test('refuse a picture of more than 40 megapixels', async () => {
    const bytes = await samples.picture(8_000, 5_001).png({ compressionLevel: 9 }).toBuffer()
    expect(await problemOf(await upload('omar', { bytes }))).toEqual({
      status: 422,
      code: 'invalid',
      reason: 'file.pixels',
    })
    await expectNothingStored()
  })

  test('refuse who is not signed in, before anything is read', async () => {
    expect(await problemOf(await upload('nobody', { bytes: png }))).toEqual({
      status: 401,
      code: 'notAllowed',
      reason: 'signIn.needed',
    })
    await expectNothingStored()
  })

  test('refuse a form that is malformed, cut off or without a file', async () => {
    const post = (body: string, type = 'multipart/form-data; boundary=x') =>
      fetch(`${url}/api/v1/uploads`, {
        method: 'POST',
        body,
        headers: { authorization: 'omar', 'content-type': type },
      })
    const part = (head: string, body: string) =>
      `--x\r\nContent-Disposition: form-data; ${head}\r\n\r\n${body}\r\n`
    expect(await problemOf(await post('nonsense'))).toMatchObject({ status: 422 })
    expect(await problemOf(await post('', 'multipart/form-data'))).toMatchObject({ status: 422 })
    expect(await problemOf(await post('{}', 'application/json'))).toMatchObject({ reason: 'file.missing' })
    expect(await problemOf(await post(`${part('name="a"', '1')}--x--`))).toMatchObject({
      reason: 'file.missing',
    })
    expect(await problemOf(await post(`${part('name=""', '1')}--x--`))).toMatchObject({ status: 422 })
    expect(await problemOf(await post(part('name="file"; filename="a.txt"', 'text')))).toMatchObject({
      status: 422,
    })
    expect(
      await problemOf(await post(`${part('name="other"; filename="a.txt"', 'text')}--x--`)),
    ).toMatchObject({ status: 422, reason: 'form.shape' })
    expect((await upload('omar', { bytes: png })).status).toBe(201)
  })

  test.each([1, 30, 70, 99])('leave nothing when the sender goes away after %i %%', async (percent) => {
    const boundary = 'parley'
    const head = `--${boundary}\r\nContent-Disposition: form-data; name="file"; filename="a.png"\r\nContent-Type: image/png\r\n\r\n`
    const photo = await samples.picture(1_500, 1_500).png({ compressionLevel: 0 }).toBuffer()
    const body = Buffer.concat([Buffer.from(head), photo, Buffer.from(`\r\n--${boundary}--\r\n`)])
    const gone = new Promise<void>((resolve) =>
      server.once('request', (request) => request.once('close', resolve)),
    )
    const sending = httpRequest(`${url}/api/v1/uploads`, {
      method: 'POST',
      headers: {
        authorization: 'omar',
        'content-type': `multipart/form-data; boundary=${boundary}`,
        'content-length': body.length,
      },
    })
    sending.on('error', () => {})
    sending.write(body.subarray(0, Math.floor((body.length * percent) / 100)), () => sending.destroy())
    await gone
    // The same person's next upload goes through the same steps after it.
    const next = await uploaded('omar', { name: 'next.png', bytes: png })
    expect((await storedRows()).map((row) => row.name)).toEqual(['next.png'])
    const [kept] = await given.parts.database.query<{ keys: string[] }>(
      'select array[blob_key, thumbnail_key] as keys from files where file_id = $1',
      [next.fileId],
    )
    for (const key of kept?.keys ?? []) expect(await given.parts.blobs.get(key)).toBeDefined()
  })

  test('end at 100 MB a day for a stranger and go on for somebody known', async () => {
    const grow = (contactId: string, bytes: number) =>
      given.parts.database.query('update files set bytes = $2 where uploaded_by = $1', [contactId, bytes])
    await uploaded('omar', { bytes: png })
    await uploaded('nora', { bytes: png })
    await grow('con_omar', 100 * 1024 * 1024)
    await grow('con_nora', 100 * 1024 * 1024)
    const refused = await upload('omar', { bytes: png })
    expect(refused.headers.get('retry-after')).toBe(String(24 * 60 * 60))
    expect(await problemOf(refused)).toEqual({ status: 429, code: 'rateLimited', reason: 'file.quota' })
    await uploaded('nora', { bytes: png })
    given.clock.advance(24 * 60 * 60 * 1000 + 1)
    await uploaded('omar', { bytes: png })
  })

  test('of one person never share the rest of a quota', async () => {
    await uploaded('omar', { bytes: png })
    await given.parts.database.query('update files set bytes = $1', [100 * 1024 * 1024 - samples.pdf.length])
    const bill = { name: 'a.pdf', type: 'application/pdf', bytes: samples.pdf }
    const answers = await Promise.all([upload('omar', bill), upload('omar', bill), upload('omar', bill)])
    expect(answers.map((answer) => answer.status).sort()).toEqual([201, 429, 429])
  })

  test('for a conversation need the right to it', async () => {
    const file = await uploaded('omar', { bytes: png, conversationId: 'cnv_omar' })
    expect(file.hasThumbnail).toBe(true)
    const refused = await upload('omar', { bytes: png, conversationId: 'cnv_nora' })
    expect(await problemOf(refused)).toMatchObject({ status: 404, code: 'notFound' })
  })

  test('answer “internal” without its text when the store fails, and the sweep clears what is left', async () => {
    const folder = join(given.parts.config.dataDir, 'files')
    await writeFile(folder, 'in the way')
    const failed = await upload('omar', { bytes: png })
    expect(failed.status).toBe(500)
    const problem = (await failed.json()) as Record<string, unknown>
    expect(problem).toMatchObject({ code: 'internal', correlationId: expect.stringMatching(/^err_/) })
    expect(JSON.stringify(problem)).not.toMatch(/ENOTDIR|EEXIST|files/)
    expect((await storedRows()).filter((row) => row.state === 'clean')).toEqual([])
    await rm(folder)
    for (const hours of [24, 1]) {
      given.clock.advance(hours * 60 * 60 * 1000)
      await given.parts.timers.runDue()
    }
    await expectNothingStored()
  })
})
