import { createHash } from 'node:crypto'
import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest'
import * as samples from '../files/samples.ts'
import {
  download,
  forgetFiles,
  given,
  omar,
  png,
  prepare,
  problemOf,
  sendFiles,
  serve,
  stop,
  storedBlobs,
  storedRows,
  uploaded,
} from '../testing/file-world.ts'

describe('stored files', () => {
  beforeAll(() => prepare())
  beforeAll(() => serve())
  afterAll(stop)
  afterAll(() => given.close())
  beforeEach(forgetFiles)

  test('give back the same bytes, with their hash, to whom they belong', async () => {
    const file = await uploaded('omar', {
      name: 'Bill Käse.pdf',
      type: 'application/pdf',
      bytes: samples.pdf,
    })
    expect(file).toMatchObject({
      name: 'Bill Käse.pdf',
      type: 'application/pdf',
      bytes: samples.pdf.length,
      hasThumbnail: false,
    })
    const response = await download('omar', file.fileId)
    const bytes = Buffer.from(await response.arrayBuffer())
    expect(bytes.equals(samples.pdf)).toBe(true)
    const digest = createHash('sha256').update(samples.pdf).digest('base64')
    expect(response.headers.get('repr-digest')).toBe(`sha-256=:${digest}:`)
  })

  test('are served so that a browser runs nothing and keeps nothing', async () => {
    const file = await uploaded('omar', {
      name: 'Bill "Käse".pdf',
      type: 'application/pdf',
      bytes: samples.pdf,
    })
    const { headers } = await download('omar', file.fileId)
    expect(headers.get('content-type')).toBe('application/pdf')
    expect(headers.get('x-content-type-options')).toBe('nosniff')
    expect(headers.get('content-security-policy')).toContain("default-src 'none'; sandbox")
    expect(headers.get('cache-control')).toBe('private, no-store')
    expect(headers.get('content-disposition')).toBe(
      `attachment; filename="Bill _K_se_.pdf"; filename*=UTF-8''Bill%20%22K%C3%A4se%22.pdf`,
    )
  })

  test('are nobody else’s before they are sent, and the conversation’s afterwards', async () => {
    const { fileId } = await uploaded('omar', { bytes: png })
    for (const who of ['nora', 'lena', 'foreign']) {
      expect(await problemOf(await download(who, fileId))).toMatchObject({ status: 404, code: 'notFound' })
    }
    await sendFiles(omar, 'cnv_omar', [fileId])
    expect((await download('lena', fileId)).status).toBe(200)
    for (const who of ['nora', 'foreign']) {
      expect(await problemOf(await download(who, fileId))).toMatchObject({ status: 404 })
      expect(await problemOf(await download(who, fileId, '/thumbnail'))).toMatchObject({ status: 404 })
    }
    const odd = await download('omar', `${fileId}%00`)
    expect(await problemOf(odd)).toMatchObject({ status: 404 })
  })

  test('are written down each time somebody opens a file', async () => {
    const { fileId } = await uploaded('omar', { bytes: png })
    await download('omar', fileId)
    await download('omar', fileId, '/thumbnail')
    await download('nora', fileId)
    const lines = await given.parts.database.query<{ action: string; actor: string }>(
      'select action, actor_id as actor from audit where object = $1 order by audit_id',
      [`file:${fileId}`],
    )
    expect(lines).toEqual([
      { action: 'file.download', actor: 'con_omar' },
      { action: 'file.preview', actor: 'con_omar' },
    ])
  })

  test('that were never sent are gone after a day, bytes first; sent ones stay', async () => {
    const kept = await uploaded('omar', { name: 'kept.png', bytes: png })
    const { fileId } = await uploaded('omar', { name: 'left.png', bytes: png })
    await sendFiles(omar, 'cnv_omar', [kept.fileId])
    expect(await storedBlobs()).toHaveLength(4)
    given.clock.advance(24 * 60 * 60 * 1000)
    await given.parts.timers.runDue()
    expect((await download('omar', fileId)).status).toBe(404)
    given.clock.advance(10 * 60 * 1000)
    await given.parts.timers.runDue()
    expect(await storedRows()).toEqual([{ name: 'kept.png', state: 'clean' }])
    expect((await download('omar', fileId)).status).toBe(404)
    expect((await download('omar', kept.fileId)).status).toBe(200)
    expect(await storedBlobs()).toHaveLength(2)
  })

  test('that are being sent while the sweep comes stay whole', async () => {
    const { fileId } = await uploaded('omar', { bytes: png })
    given.clock.advance(24 * 60 * 60 * 1000)
    await given.parts.timers.runDue()
    expect((await storedRows())[0]?.state).toBe('swept')
    // A transaction that had seen the file as free commits only now.
    await given.parts.database.query(
      `update files set sent_at = now(), conversation_id = 'cnv_omar' where file_id = $1`,
      [fileId],
    )
    given.clock.advance(10 * 60 * 1000)
    await given.parts.timers.runDue()
    expect((await download('omar', fileId)).status).toBe(200)
  })
})
