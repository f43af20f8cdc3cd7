import type { InboxRow } from '@parley/shared/protocol/reading.ts'
import { expect, it } from 'vitest'
import { givenRow } from '../inbox/row-given.ts'
import { rememberRow } from './remember-row.ts'

it('a long day is remembered by its latest two thousand rows, the newest always among them', () => {
  const seen = new Map<string, InboxRow>()
  for (let at = 0; at < 2_100; at += 1) {
    rememberRow(seen, givenRow({ conversationId: `cnv_${at}` }))
    rememberRow(seen, givenRow({ conversationId: 'cnv_0' }))
    expect(seen.has(`cnv_${at}`)).toBe(true)
  }
  expect(seen.size).toBe(2_000)
  expect(seen.has('cnv_0')).toBe(true)
  expect(seen.has('cnv_1')).toBe(false)
})
