import { afterEach, describe, expect, test } from 'vitest'
import { type ClamdDouble, startClamd } from './clamd-double.ts'
import * as samples from './samples.ts'
import { createScanner } from './scanner.ts'

let clamd: ClamdDouble | undefined
afterEach(async () => {
  await clamd?.close()
  clamd = undefined
})

describe('the virus check', () => {
  test('lets a clean file through after all of it was looked at', async () => {
    clamd = await startClamd()
    const bytes = Buffer.alloc(700_001, 'a')
    expect(await createScanner(clamd.url).scan(bytes)).toBe('clean')
    expect(clamd.asked).toEqual([700_001])
  })
  test('blocks the EICAR test string', async () => {
    clamd = await startClamd()
    expect(await createScanner(clamd.url).scan(samples.eicar)).toBe('blocked')
  })
  test.each(['hangs', 'hangsUp', 'fails'] as const)('has no verdict when the scanner %s', async (mood) => {
    clamd = await startClamd(mood)
    const scan = createScanner(clamd.url, 200).scan(samples.plainText)
    await expect(scan).rejects.toMatchObject({ refusal: { code: 'unavailable', reason: 'file.scanner' } })
  })
  test('has no verdict when nobody listens', async () => {
    clamd = await startClamd()
    const { url } = clamd
    await clamd.close()
    clamd = undefined
    await expect(createScanner(url).scan(samples.plainText)).rejects.toThrow('file.scanner')
  })
  test('counts every file as clean where no scanner is configured', async () => {
    expect(await createScanner(undefined).scan(samples.eicar)).toBe('clean')
  })
})
