import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { expect, test } from 'vitest'
import { root } from '../../server/scripts/root.mjs'
import { filesOf } from './files.mjs'

const read = (path: string) => readFileSync(join(root, path), 'utf8')
const rules = [...read('docs/protocol.md').matchAll(/^- \*\*([A-Z]\d+)\*\*/gm)].map(([, id]) => id ?? '')
const tests = filesOf(root).filter((path) => /\.test\.tsx?$/.test(path))
const letters = [...new Set(rules.map((id) => id.charAt(0)))].join('')
const citation = new RegExp(`\\[([${letters}]\\d+)\\]`, 'g')
const cited = new Set(tests.flatMap((path) => [...read(path).matchAll(citation)].map(([, id]) => id ?? '')))

test('the rules of the protocol are found, each once', () => {
  expect(rules.length).toBeGreaterThan(30)
  expect(new Set(rules).size).toBe(rules.length)
})

test('each rule of the protocol is cited by a test, and each that is cited stands there', () => {
  expect(rules.filter((id) => !cited.has(id))).toEqual([])
  expect([...cited].filter((id) => !rules.includes(id))).toEqual([])
})
