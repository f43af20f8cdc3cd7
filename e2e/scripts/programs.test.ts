import { chmodSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { delimiter, join } from 'node:path'
import { afterAll, expect, test } from 'vitest'
import { findProgram } from './programs.mjs'

const folder = mkdtempSync(join(tmpdir(), 'programs-'))
afterAll(() => rmSync(folder, { recursive: true, force: true }))

const program = { name: 'tool', setting: 'TOOL_PATH', commands: ['tool', 'tool-too'], advice: 'Install tool' }
const path = join(folder, 'tool-too')
writeFileSync(path, '')

test('a program is found on the path under any of its names, once it can be run', () => {
  const env = { PATH: ['', join(folder, 'nothing'), folder].join(delimiter) }
  expect(findProgram(program, env)).toBeUndefined()
  chmodSync(path, 0o755)
  expect(findProgram(program, env)).toBe(path)
})

test('a place that is named is used, and nothing else is looked for', () => {
  chmodSync(path, 0o755)
  expect(findProgram(program, { TOOL_PATH: path })).toBe(path)
  expect(findProgram(program, { TOOL_PATH: join(folder, 'gone'), PATH: folder })).toBeUndefined()
})
