import { expect, test } from 'vitest'
import { countWords } from './count-words.ts'

const none = { conversations: 0, files: 0, people: 0, auditLines: 0, held: 0 }

test('what would go is told in one sentence', () => {
  expect(countWords(none)).toBe('Nothing would go now.')
  expect(countWords({ ...none, people: 1 })).toBe('1 person would go. That cannot be undone.')
  expect(countWords({ ...none, conversations: 1_200, files: 3, people: 2 })).toBe(
    '1,200 conversations, 3 files and 2 people would go. That cannot be undone.',
  )
})

test('what a legal hold keeps is told after it', () => {
  expect(countWords({ ...none, held: 3 })).toBe('Nothing would go now. A legal hold keeps 3 conversations.')
  expect(countWords({ ...none, files: 1, held: 1 })).toBe(
    '1 file would go. That cannot be undone. A legal hold keeps 1 conversation.',
  )
})
