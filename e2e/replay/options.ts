import { readFileSync } from 'node:fs'
import { z } from 'zod'
import { misused, readWords } from '../command-line.ts'
import type { Login } from './site.ts'

export interface Options {
  files: string[]
  /** A running server instead of one of our own. */
  server: { url: string; siteKey: string; logins: Login[] } | null
  limit: number
  atOnce: number
  seed: number
  isJson: boolean
}

const usage = `Plays conversations of a file through real clients over a bad network, and compares what everybody holds.

  npm run replay -- FILE... [--limit N] [--at-once N] [--seed N] [--json]
  npm run replay -- FILE --url https://chat.example --site-key KEY --logins logins.json

  FILE        MultiDoGO (tab-separated), ABCD (JSON) or the format of e2e/replay/sample.json
  --limit     play the first N conversations of each file only
  --at-once   conversations at the same time, 200 unless told
  --seed      chooses where the network breaks; printed, so that a run can be repeated
  --url       a running server, with its site key and a file of logins: [{ "email": "…", "password": "…" }],
              one of them of an admin or a moderator; start that server with RATE_LIMIT_FACTOR=1000
  --json      figures for programs instead of a table
`

const logins = z.array(z.object({ email: z.string(), password: z.string() })).min(1)

/** What the person at the terminal typed. Ends the program with a sentence if it makes no sense. */
export function readOptions(): Options {
  const { values, positionals } = readWords(
    usage,
    {
      url: { type: 'string' },
      'site-key': { type: 'string' },
      logins: { type: 'string' },
      limit: { type: 'string' },
      'at-once': { type: 'string' },
      seed: { type: 'string' },
      json: { type: 'boolean', default: false },
    },
    true,
  )
  try {
    if (positionals.length === 0) throw new Error('Name a file of conversations.')
    return {
      files: positionals,
      server: serverOf(values.url, values['site-key'], values.logins),
      limit: whole('--limit', values.limit, 1_000_000),
      atOnce: whole('--at-once', values['at-once'], 200),
      seed: whole('--seed', values.seed, Math.floor(Math.random() * 1_000_000)),
      isJson: values.json,
    }
  } catch (error) {
    misused(usage, (error as Error).message)
  }
}

function serverOf(url: string | undefined, siteKey: string | undefined, path: string | undefined) {
  if (url === undefined && siteKey === undefined && path === undefined) return null
  if (url === undefined || siteKey === undefined || path === undefined)
    throw new Error('--url, --site-key and --logins belong together.')
  if (!URL.canParse(url)) throw new Error(`--url ${url} is not an address.`)
  return { url, siteKey, logins: logins.parse(JSON.parse(readFileSync(path, 'utf8'))) }
}

function whole(name: string, given: string | undefined, otherwise: number): number {
  if (given === undefined) return otherwise
  if (!/^\d{1,9}$/.test(given) || Number(given) < (name === '--seed' ? 0 : 1))
    throw new Error(`${name} must be a whole number.`)
  return Number(given)
}
