import { existsSync, readFileSync } from 'node:fs'
import { dirname, join } from 'node:path'
import { expect, test } from 'vitest'
import { root } from '../../server/scripts/root.mjs'

const read = (path: string) => readFileSync(join(root, path), 'utf8')
/** A test by file and title: a link, and behind it the title as it stands in the file. */
const named = /\[[^\]]*\]\(([^)\s#]+\.test\.tsx?)\)(?: › “([^”]+)”)?/g

function testsIn(document: string, text: string): { path: string; title: string | undefined }[] {
  return [...text.matchAll(named)].map(([, path = '', title]) => ({
    path: join(dirname(document), path),
    title,
  }))
}

/** Tables of parameters keep their title’s %s and $name; runs of space are one. */
function has(path: string, title: string): boolean {
  const plain = (text: string) => text.replace(/\s+/g, ' ')
  return plain(read(path)).includes(plain(title))
}

function rowsOf(document: string, heading: string): string[] {
  const [, after = ''] = read(document).split(`\n## ${heading}\n`)
  const [section = ''] = after.split('\n## ')
  return section
    .split('\n')
    .filter((line) => /^\| (?!---)/.test(line))
    .slice(1)
}

test('every promise of the README names a test, and every test named is there', () => {
  const rows = rowsOf('README.md', 'What it promises')
  expect(rows.length).toBeGreaterThan(5)
  for (const row of rows) {
    const tests = testsIn('README.md', row)
    expect([row, tests.length > 0]).toEqual([row, true])
    for (const { path } of tests) expect([path, existsSync(join(root, path))]).toEqual([path, true])
  }
})

test('every requirement of docs/security.md names tests that are there, by their titles, or is told as a limit', () => {
  const rows = rowsOf('docs/security.md', 'What is required, and what shows it')
  const ids = rows.map((row) => /^\| (R\d\d) \|/.exec(row)?.[1] ?? row)
  expect(ids.length).toBeGreaterThan(50)
  expect(ids).toEqual([...new Set(ids)].sort())
  for (const row of rows) {
    const tests = testsIn('docs/security.md', row)
    const isLimit = /\| Limit: [^|]+\|$/.test(row)
    expect([row, tests.length > 0 || isLimit]).toEqual([row, true])
    for (const { path, title } of tests) {
      expect([path, existsSync(join(root, path))]).toEqual([path, true])
      expect([path, title]).toEqual([path, expect.any(String)])
      expect([path, title, has(path, title ?? '')]).toEqual([path, title, true])
    }
  }
})

test('every other promise of docs/security.md names tests that are there, by their titles', () => {
  const rows = rowsOf('docs/security.md', 'What is promised beside that, and what shows it')
  expect(rows.length).toBeGreaterThan(5)
  for (const row of rows) {
    const tests = testsIn('docs/security.md', row)
    expect([row, tests.length > 0]).toEqual([row, true])
    for (const { path, title } of tests)
      expect([path, title, title !== undefined && has(path, title)]).toEqual([path, title, true])
  }
})

test('what CI runs is the command that the README names', () => {
  const ran = /^exec (npm \S+)/m.exec(read('.ci/run'))?.[1]
  expect(ran).toBe('npm test')
  expect(read('README.md').split('\n')).toContain(`    ${ran}`)
})

test('a title that stands in no test is noticed', () => {
  expect(has('e2e/scripts/promises-tested.test.ts', ['a title that', 'nobody wrote'].join(' '))).toBe(false)
  expect(testsIn('docs/security.md', '[x](../server/src/zip.test.ts) › “an archive”')).toEqual([
    { path: 'server/src/zip.test.ts', title: 'an archive' },
  ])
})
