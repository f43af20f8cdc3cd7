import { expect, test } from 'vitest'
import { packageProblems } from './packages.mjs'

const fine = { version: '1.0.0', license: 'MIT', integrity: 'sha512-x' }
const notice = 'The packages @img/sharp-libvips-* hold libvips. axe-core is used by the tests.'
const problemsOf = (name: string, locked: object, path = 'node_modules/') =>
  packageProblems({ '': {}, [`${path}${name}`]: { ...fine, ...locked } }, notice)

test.each([
  ['ws', '8.20.9'],
  ['ws', '7.99.0'],
  ['ws', '8.21.0-rc.1'],
  ['socket.io-parser', '4.2.5'],
  ['multer', '1.4.5-lts.2'],
  ['nodemailer', '7.0.6'],
  ['nodemailer', 'of no known form'],
])('%s %s is below its floor, wherever it is brought in', (name, version) => {
  const told = [expect.stringContaining(`${name} ${version} has a known weakness`)]
  expect(problemsOf(name, { version })).toEqual(told)
  expect(problemsOf(name, { version }, 'node_modules/engine.io/node_modules/')).toEqual(told)
})

test.each(['8.21.0', '8.21.3', '8.100.0', '9.0.0', '10.0.0-beta.1'])(
  'ws %s is not below its floor',
  (version) => {
    expect(problemsOf('ws', { version })).toEqual([])
  },
)

test('what is deprecated, and what is locked without a hash, is named', () => {
  expect(problemsOf('a', { deprecated: 'Use b.' })).toEqual(['a 1.0.0 is deprecated: Use b.'])
  expect(problemsOf('a', { integrity: undefined })).toEqual([expect.stringContaining('without a hash')])
})

test('a licence that is missing or not allowed is named, of tools too', () => {
  for (const dev of [true, false]) {
    expect(problemsOf('a', { license: undefined, dev })).toEqual(['a 1.0.0 names no licence.'])
    expect(problemsOf('a', { license: 'BUSL-1.1', dev })).toEqual([expect.stringContaining('under BUSL-1.1')])
    expect(problemsOf('a', { license: 'MIT AND SSPL-1.0', dev })).toHaveLength(1)
  }
  expect(problemsOf('busboy', { version: '1.6.0', license: undefined })).toEqual([])
  expect(problemsOf('busboy', { version: '1.6.1', license: undefined })).toHaveLength(1)
})

test('of licences to choose from one is enough, of several together each counts', () => {
  expect(problemsOf('a', { license: '(BUSL-1.1 OR MIT)' })).toEqual([])
  expect(problemsOf('a', { license: 'Apache-2.0 AND MIT' })).toEqual([])
})

test('what is under a licence of its own files is named in NOTICE when it is given on', () => {
  const license = 'Apache-2.0 AND LGPL-3.0-or-later'
  expect(problemsOf('@img/sharp-libvips-linux-x64', { license })).toEqual([])
  expect(problemsOf('axe-core', { license: 'MPL-2.0' })).toEqual([])
  expect(problemsOf('axe', { license: 'MPL-2.0' })).toEqual([expect.stringContaining('NOTICE must name it')])
  expect(problemsOf('axe', { license: 'MPL-2.0', dev: true })).toEqual([])
})

test('a workspace is ours, and a lockfile without packages fails', () => {
  expect(
    packageProblems(
      { 'node_modules/a': fine, server: {}, 'node_modules/@parley/server': { link: true } },
      '',
    ),
  ).toEqual([])
  expect(packageProblems({ '': {}, server: {} }, '')).toHaveLength(1)
})
