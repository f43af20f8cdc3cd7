import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { dirname, join } from 'node:path'
import { afterEach, expect, test } from 'vitest'
import { checkBoundaries } from './boundaries.mjs'

const roots: string[] = []
afterEach(() => {
  for (const root of roots.splice(0)) rmSync(root, { recursive: true, force: true })
})

function check(files: Record<string, string>) {
  const root = mkdtempSync(join(tmpdir(), 'boundaries-'))
  roots.push(root)
  for (const workspace of ['shared', 'server', 'widget', 'console']) {
    mkdirSync(join(root, workspace, 'src'), { recursive: true })
  }
  for (const [path, text] of Object.entries(files)) {
    mkdirSync(dirname(join(root, path)), { recursive: true })
    writeFileSync(join(root, path), text)
  }
  return checkBoundaries(root)
}

/** Each rule: a file that breaks it, what the message must say, and the same thing done right. */
const rules: [string, string, string, RegExp, string, string][] = [
  [
    'shared imports nothing of ours',
    'shared/src/ids.ts',
    `import type { Config } from '../../server/src/config.ts'`,
    /shared\/src\/ids\.ts:1 imports server\/src\/config\.ts.*move what both need into shared/,
    'shared/src/ids.ts',
    `import type { Name } from './name.ts'`,
  ],
  [
    'console imports only shared',
    'console/src/main.tsx',
    `const a = <b />\nimport { send } from '../../widget/src/send.ts'`,
    /console\/src\/main\.tsx:2 imports widget\/src\/send\.ts/,
    'console/src/main.tsx',
    `import { send } from '@parley/shared/client/connection.ts'`,
  ],
  [
    'widget does not bring zod along, not even through another file',
    'widget/src/loader.ts',
    `import { limits } from '@parley/shared/protocol/through.ts'`,
    /brings zod into the widget through shared\/src\/protocol\/through\.ts/,
    'widget/src/loader.ts',
    `import type { Command } from '@parley/shared/protocol/through.ts'\nexport { plain } from '@parley/shared/plain.ts'`,
  ],
  [
    'domains use each other through the door',
    'server/src/routing/offer.ts',
    `import { append } from '../conversations/log.ts'`,
    /reaches into conversations\. Use its door/,
    'server/src/routing/offer.ts',
    `import { append } from '../conversations/index.ts'`,
  ],
  [
    'conversations imports no sibling',
    'server/src/conversations/send-message.ts',
    `import type { Queue } from '../routing/index.ts'`,
    /conversations imports no sibling: let routing follow/,
    'server/src/conversations/send-message.ts',
    `import { Refused } from '../app/refused.ts'`,
  ],
  [
    'no domain knows how it is reached',
    'server/src/routing/offer.ts',
    `const { announce } = await import('../realtime/fan-out.ts')`,
    /No domain knows how it is reached/,
    'server/src/realtime/fan-out.ts',
    `import { offer } from '../routing/index.ts'`,
  ],
  [
    'storage knows no domain',
    'server/src/storage/blobs.ts',
    `import { fileKey } from '../files/index.ts'`,
    /Storage knows no domain/,
    'server/src/files/keep-file.ts',
    `import { blobs } from '../storage/blobs.ts'`,
  ],
  [
    'SQL lives in stores, when it is asked directly',
    'server/src/routing/offer.ts',
    'await sql.query(`select 1`)',
    /offer\.ts:1 holds SQL \(select 1 …\)\. Put it into this folder's store\.ts/,
    'server/src/routing/store.ts',
    'await sql.query(`select 1`)',
  ],
  [
    'SQL lives in stores, when it is kept for later',
    'server/src/routing/offer.ts',
    `const text = "delete from offers where id = $1"`,
    /holds SQL/,
    'server/src/routing/offer.ts',
    `const text = "Select a queue, then delete from it what you do not need"`,
  ],
  [
    'the environment is read in one place',
    'server/src/routing/offer.ts',
    `const { PORT } = process.env`,
    /reads process\.env\. Add the variable to server\/src\/config\.ts/,
    'server/src/config.ts',
    `const { PORT } = process.env`,
  ],
  [
    'the clock is a part, when a date is made',
    'server/src/routing/offer.ts',
    `const now = new Date()`,
    /reads the clock with new Date\(\)\. Take the clock from the parts/,
    'server/src/routing/offer.ts',
    `const then = new Date(row.at) // not new Date()`,
  ],
  [
    'the clock is a part, when milliseconds are read',
    'shared/src/conversation/describe.ts',
    `export const now = () => Date.now()`,
    /reads the clock with Date\.now\(\)/,
    'shared/src/client/outbox.ts',
    `export const now = () => Date.now()`,
  ],
  [
    'chance is a part',
    'server/src/routing/offer.ts',
    `import { randomBytes } from 'node:crypto'\nconst id = randomBytes(16)`,
    /offer\.ts:2 takes randomBytes\(\)\. Take random from the parts/,
    'server/src/identity/seal.ts',
    `import { randomBytes } from 'node:crypto'\nconst nonce = randomBytes(12)`,
  ],
  [
    'one place speaks HTTP to others, by fetch',
    'server/src/routing/offer.ts',
    `const answer = await fetch('https://crm.example')`,
    /offer\.ts:1 speaks HTTP with fetch\(\)\. Ask through server\/src\/outbound/,
    'server/src/outbound/post.ts',
    `const answer = await globalThis.fetch('https://crm.example')`,
  ],
  [
    'one place speaks HTTP to others, by a request',
    'server/src/routing/offer.ts',
    `import { createServer, request } from 'node:http'`,
    /speaks HTTP with node:http/,
    'server/src/routing/offer.ts',
    `import { createServer, type IncomingMessage } from 'node:http'\nimport type { Agent } from 'node:https'`,
  ],
  [
    'one place speaks HTTP to others, by a whole module',
    'server/src/routing/offer.ts',
    `const client = await import('undici')`,
    /speaks HTTP with undici/,
    'server/src/routing/offer.ts',
    `import express from 'express'`,
  ],
]

const around = {
  'shared/src/protocol/commands.ts': `import { z } from 'zod'\nexport const command = z.string()`,
  'shared/src/protocol/through.ts': `export { command } from './commands.ts'`,
  'shared/src/plain.ts': `import type { command } from './protocol/commands.ts'\nexport const plain = 1`,
}

test.each(rules)('%s', (_title, wrongPath, wrongText, message, rightPath, rightText) => {
  const wrong = check({ ...around, [wrongPath]: wrongText })
  expect(wrong.problems).toHaveLength(1)
  expect(wrong.problems[0]).toMatch(message)

  const right = check({ ...around, [rightPath]: rightText })
  expect(right.problems).toEqual([])
  expect(right.files).toBeGreaterThan(3)
})

test('a circle of domains is found, and told as the way round', () => {
  const { problems } = check({
    'server/src/routing/offer.ts': `import type { Case } from '../cases/index.ts'`,
    'server/src/cases/open.ts': `import { note } from '../notify/index.ts'`,
    'server/src/notify/mail.ts': `import { next } from '../routing/index.ts'`,
  })
  expect(problems).toEqual([expect.stringContaining('cases → notify → routing → cases: domains in a circle')])
})

test('tests may reach anywhere inside their workspace', () => {
  const { problems } = check({
    'server/src/routing/offer.test.ts': `import '../conversations/log.ts'\nconst now = new Date()`,
    'server/src/testing/given.ts': `import '../conversations/log.ts'\nawait sql.query('select 1')`,
  })
  expect(problems).toEqual([])
})

test('a check that read no file fails', () => {
  expect(check({}).problems).toEqual(['No file was read: the check itself is broken.'])
})

test('a file that cannot be read as TypeScript fails with its name', () => {
  expect(() => check({ 'server/src/main.ts': 'const = 1' })).toThrow('server/src/main.ts cannot be read')
})
