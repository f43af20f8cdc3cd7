import type { Connection } from '@parley/shared/client/connection.ts'
import { afterEach, beforeEach, expect, it, vi } from 'vitest'
import { followNews, lookedAt } from './news.ts'
import { playSound, showNotification } from './notify.ts'

vi.mock('./notify.ts', () => ({ playSound: vi.fn(), showNotification: vi.fn() }))

const note = { noteId: 'not_1', by: 'Daniel Okafor', customer: 'Maya', text: '@Priya look', at: '' }
let isFocused = false
let hear: (value: unknown) => void
let stop: () => void

beforeEach(() => {
  vi.stubGlobal('document', { hasFocus: () => isFocused, title: '' })
  vi.stubGlobal('addEventListener', () => {})
  vi.stubGlobal('removeEventListener', () => {})
  const connection = {
    on(name: string, listener: (value: unknown) => void) {
      if (name === 'mention') hear = listener
      return () => {}
    },
  } as unknown as Connection
  stop = followNews(connection)
})
afterEach(() => {
  stop()
  lookedAt.value = null
  vi.clearAllMocks()
  vi.unstubAllGlobals()
})

it('whoever is called by a note hears and sees it once, however often it is told', () => {
  isFocused = false
  hear({ conversationId: 'cnv_maya', note })
  hear({ conversationId: 'cnv_maya', note })
  expect(playSound).toHaveBeenCalledTimes(1)
  expect(showNotification).toHaveBeenCalledTimes(1)
  expect(showNotification).toHaveBeenCalledWith(
    'Maya',
    'Daniel Okafor mentioned you: @Priya look',
    'cnv_maya',
    expect.any(Function),
  )
})

it('who looks at the conversation is not called, and reading rings for nobody', () => {
  isFocused = true
  lookedAt.value = 'cnv_maya'
  hear({ conversationId: 'cnv_maya', note })
  hear({ conversationId: 'cnv_maya', note: null })
  expect(playSound).not.toHaveBeenCalled()
  lookedAt.value = 'cnv_other'
  hear({ conversationId: 'cnv_maya', note: { ...note, noteId: 'not_2' } })
  expect(playSound).toHaveBeenCalledTimes(1)
  expect(showNotification).not.toHaveBeenCalled()
})
