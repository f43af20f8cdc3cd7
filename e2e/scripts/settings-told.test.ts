import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { expect, test } from 'vitest'
import { root } from '../../server/scripts/root.mjs'

const read = (path: string) => readFileSync(join(root, path), 'utf8')
const settings = [...read('server/src/config.ts').matchAll(/^ {2}([A-Z][A-Z_]+):/gm)].map(([, name]) => name)

test('the settings are found where they are read', () => {
  expect(settings).toEqual(expect.arrayContaining(['PORT', 'DATABASE_URL', 'SECRET_KEY']))
})

test.each([...new Set(settings)])('%s is told to whoever runs Parley', (name) => {
  expect(read('docs/operations.md')).toContain(`| \`${name}\``)
  expect(read('.env.example')).toMatch(new RegExp(`^(# )?${name}=`, 'm'))
})

test('compose.yaml passes on every setting that .env.example asks for', () => {
  const asked = [...read('.env.example').matchAll(/^([A-Z_]+)=/gm)].map(([, name]) => name ?? '')
  const compose = read('compose.yaml')
  expect(asked.filter((name) => !compose.includes(`\${${name}`))).toEqual([])
})
