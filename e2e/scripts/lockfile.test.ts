import { expect, test } from 'vitest'
import { lockfileProblems } from './lockfile.mjs'

const root = { '': {} }

test('an optional package without an entry is named, since npm ci would fail on it', () => {
  const problems = lockfileProblems({
    ...root,
    'node_modules/biome': { optionalDependencies: { 'biome-linux': '1.0.0', 'biome-win': '1.0.0' } },
    'node_modules/biome-linux': {},
  })
  expect(problems).toEqual([expect.stringContaining('node_modules/biome may need biome-win')])
})

test('an optional package is found where Node would find it, in the folder itself or above', () => {
  const problems = lockfileProblems({
    ...root,
    'node_modules/a/node_modules/b': { optionalDependencies: { inner: '1', outer: '1', top: '1' } },
    'node_modules/a/node_modules/b/node_modules/inner': {},
    'node_modules/a/node_modules/outer': {},
    'node_modules/top': {},
  })
  expect(problems).toEqual([])
})

test('an address of a registry is named, a link to a workspace is not', () => {
  const problems = lockfileProblems({
    ...root,
    'node_modules/a': { resolved: 'https://packages.example/a.tgz' },
    'node_modules/@parley/shared': { resolved: 'shared', link: true },
  })
  expect(problems).toEqual([expect.stringContaining('node_modules/a carries the address')])
})

test('a lockfile without packages fails', () => {
  expect(lockfileProblems({})).toHaveLength(1)
})
