import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, test, vi } from 'vitest'
import { type ClamdDouble, startClamd } from '../files/clamd-double.ts'
import * as samples from '../files/samples.ts'
import {
  download,
  expectNothingStored,
  forgetFiles,
  given,
  omar,
  png,
  prepare,
  problemOf,
  sendFiles,
  serve,
  server,
  stop,
  storedBlobs,
  storedRows,
  upload,
  uploaded,
  url,
} from '../testing/file-world.ts'

describe('uploads where a virus scanner is configured', () => {
  let clamd: ClamdDouble
  beforeAll(() => prepare())
  afterAll(() => given.close())
  beforeEach(forgetFiles)
  afterEach(async () => {
    await stop()
    await clamd.close()
  })
  async function scanned(mood: Parameters<typeof startClamd>[0]) {
    clamd = await startClamd(mood)
    await serve(clamd.url)
  }
  const note = { name: 'a.txt', type: 'text/plain' }

  test('are kept when they are clean', async () => {
    await scanned('works')
    await uploaded('omar', { ...note, bytes: samples.plainText })
    expect(clamd.asked).toEqual([samples.plainText.length])
    expect(await storedRows()).toEqual([{ name: 'a.txt', state: 'clean' }])
  })

  test('are blocked when they hold the EICAR test string: no byte is stored and nobody gets it', async () => {
    await scanned('works')
    const refused = await upload('omar', { ...note, bytes: samples.eicar })
    expect(await problemOf(refused)).toEqual({ status: 422, code: 'invalid', reason: 'file.blocked' })
    expect(await storedBlobs()).toEqual([])
    const [row] = await given.parts.database.query<{ file_id: string; state: string }>(
      'select file_id, state from files',
    )
    expect(row?.state).toBe('blocked')
    const fileId = row?.file_id ?? ''
    expect((await download('omar', fileId)).status).toBe(404)
    const bound = sendFiles(omar, 'cnv_omar', [fileId])
    await expect(bound).rejects.toThrow('file.unknown')
    const audit = await given.parts.database.query('select action from audit where object = $1', [
      `file:${fileId}`,
    ])
    expect(audit).toEqual([{ action: 'file.blocked' }])
  })

  test('wait for the scanner: without a verdict nothing is kept and the sender may try again', async () => {
    await scanned('fails')
    const refused = await upload('omar', { ...note, bytes: samples.plainText })
    expect(refused.headers.get('retry-after')).toBe('15')
    expect(await problemOf(refused)).toEqual({ status: 503, code: 'unavailable', reason: 'file.scanner' })
    await expectNothingStored()
  })

  async function scanningFile(): Promise<string> {
    return vi.waitFor(async () => {
      const rows = await given.parts.database.query<{ fileId: string }>(
        `select file_id as "fileId" from files where state = 'scanning'`,
      )
      expect(rows).toHaveLength(1)
      expect(clamd.asked).toHaveLength(1)
      return rows[0]?.fileId ?? ''
    })
  }

  test('cannot be fetched or sent while the scanner still thinks', async () => {
    await scanned('waits')
    const waiting = upload('omar', { ...note, bytes: samples.plainText })
    const fileId = await scanningFile()
    expect((await download('omar', fileId)).status).toBe(404)
    const bound = sendFiles(omar, 'cnv_omar', [fileId])
    await expect(bound).rejects.toThrow('file.unknown')
    expect(await storedBlobs()).toEqual([])
    clamd.release()
    expect((await waiting).status).toBe(201)
    expect((await download('omar', fileId)).status).toBe(200)
  })

  test('leave nothing when the sender is gone before the answer', async () => {
    await scanned('waits')
    const going = new AbortController()
    const form = new FormData()
    form.set('file', new File([new Uint8Array(png)], 'lamp.png', { type: 'image/png' }))
    const gone = new Promise<void>((resolve) => {
      server.once('request', (_request, response) => response.once('close', resolve))
    })
    const sending = fetch(`${url}/api/v1/uploads`, {
      method: 'POST',
      body: form,
      headers: { authorization: 'omar' },
      signal: going.signal,
    })
    await scanningFile()
    going.abort()
    await expect(sending).rejects.toThrow()
    await gone
    clamd.release()
    await vi.waitFor(expectNothingStored)
  })
})
