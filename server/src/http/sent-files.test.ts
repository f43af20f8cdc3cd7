import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest'
import {
  cast,
  forgetFiles,
  given,
  omar,
  png,
  prepare,
  sendFiles,
  serve,
  stop,
  uploaded,
} from '../testing/file-world.ts'
import { engines } from '../testing/site-world.ts'

describe.each(engines)('files in messages (%s)', (engine) => {
  beforeAll(() => prepare(engine))
  beforeAll(() => serve())
  afterAll(stop)
  afterAll(() => given.close())
  beforeEach(forgetFiles)

  test('are described in the order they were given', async () => {
    const one = await uploaded('omar', { name: 'one.png', bytes: png })
    const two = await uploaded('omar', { name: 'two.png', bytes: png, conversationId: 'cnv_omar' })
    expect(await sendFiles(omar, 'cnv_omar', [two.fileId, one.fileId])).toEqual([two, one])
    expect(await sendFiles(omar, 'cnv_omar', [])).toEqual([])
  })

  test.each([
    ['is somebody else’s', 'nora', undefined],
    ['belongs to another conversation', 'lena', 'cnv_nora'],
  ])('are refused when one %s, and the others stay free', async (_why, who, conversationId) => {
    const actor = cast[who] ?? omar
    const own = await uploaded(who, { bytes: png })
    const wrong = await uploaded(who === 'nora' ? 'omar' : who, {
      bytes: png,
      ...(conversationId === undefined ? {} : { conversationId }),
    })
    const refusal = { refusal: { code: 'invalid', reason: 'file.unknown', field: 'fileIds' } }
    await expect(sendFiles(actor, 'cnv_omar', [own.fileId, wrong.fileId])).rejects.toMatchObject(refusal)
    expect(await sendFiles(actor, 'cnv_omar', [own.fileId])).toEqual([own])
  })

  test('are sent once: not twice in one message, not again in the next', async () => {
    const { fileId } = await uploaded('omar', { bytes: png })
    await expect(sendFiles(omar, 'cnv_omar', [fileId, fileId])).rejects.toThrow('file.unknown')
    const race = await Promise.allSettled([
      sendFiles(omar, 'cnv_omar', [fileId]),
      sendFiles(omar, 'cnv_omar', [fileId]),
    ])
    expect(race.map((end) => end.status).sort()).toEqual(['fulfilled', 'rejected'])
  })
})
