import { webhookEventTypes } from '@parley/shared/protocol/webhooks.ts'
import { expect, test } from 'vitest'
import { eventGroups, typesInShort } from './event-words.ts'

test('every event that can be told can be chosen, once', () => {
  const offered = eventGroups.flatMap(({ types }) => types.map(([type]) => type))
  expect([...offered].sort()).toEqual([...webhookEventTypes].sort())
})

test('a long list is told in short', () => {
  expect(typesInShort(['assigned'])).toBe('assigned')
  expect(typesInShort(['a', 'b', 'c', 'd', 'e'])).toBe('a, b, c and 2 more')
})
