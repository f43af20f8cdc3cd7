import { existsSync } from 'node:fs'
import { join, resolve } from 'node:path'
import { faultWords } from '@parley/shared/describe-audit.ts'
import { pino } from 'pino'
import type { Config } from '../config.ts'
import { type Database, openDatabase } from '../storage/database.ts'
import { FolderLocked } from '../storage/lock.ts'
import { CannotOpen } from '../storage/unavailable.ts'
import { chainsWithLines, headsOf, isChained, siteIdOfKey, siteKeys } from './store.ts'
import { type Place, verifyChain } from './verify-chain.ts'

const usage = `npm run audit -- verify [--site KEY [--head NUMBER:HASH]]

Checks the audit line by line. --site takes one site's chain; --head also asks that the chain passes
through a place that was noted before, from an export or from the server's log.
`

interface Asked {
  siteKey: string | undefined
  head: Place | undefined
}

/** Answers the exit code: 0 when every line fits, 1 when one does not, 2 when it could not be asked. */
export async function runAuditCommand(
  config: Config,
  words: readonly string[],
  say: (text: string) => void,
): Promise<number> {
  const asked = readWords(words)
  if (!asked) {
    say(usage)
    return 2
  }
  const database = await open(config)
  try {
    return await verify(database, asked, say)
  } finally {
    await database.close()
  }
}

function readWords([verb, ...rest]: readonly string[]): Asked | undefined {
  if (verb !== 'verify') return undefined
  const asked: Asked = { siteKey: undefined, head: undefined }
  for (let at = 0; at < rest.length; at += 2) {
    const value = rest[at + 1]
    const head = /^(\d{1,15}):([0-9a-f]{64})$/.exec(value ?? '')
    if (rest[at] === '--site' && value !== undefined) asked.siteKey = value
    else if (rest[at] === '--head' && head) asked.head = { number: Number(head[1]), hash: head[2] ?? '' }
    else return undefined
  }
  return asked.head && asked.siteKey === undefined ? undefined : asked
}

async function open({ databaseUrl, dataDir }: Config): Promise<Database> {
  if (databaseUrl === undefined && !existsSync(join(dataDir, 'postgres')))
    throw new CannotOpen(`There is no database in ${resolve(dataDir)}. Set DATA_DIR or DATABASE_URL.`)
  try {
    return await openDatabase({ databaseUrl, dataDir, logger: pino({ level: 'warn' }) })
  } catch (error) {
    if (!(error instanceof FolderLocked)) throw error
    throw new CannotOpen(
      `Parley is running on ${resolve(dataDir)}, and only one process may read that folder. Press Verify in the console under Settings, Audit log, or stop Parley first.`,
    )
  }
}

async function verify(database: Database, asked: Asked, say: (text: string) => void): Promise<number> {
  if (!(await isChained(database)))
    throw new CannotOpen('This database is of an older version. Start Parley on it once, then verify.')
  const keys = await siteKeys(database)
  const chains = await chainsOf(database, asked.siteKey)
  let isWhole = true
  for (const chain of chains) {
    const name = chain === '' ? 'what belongs to no site' : (keys.get(chain) ?? chain)
    const { lines, erased, head, fault } = await verifyChain(database, chain, asked.head)
    if (fault) {
      isWhole = false
      say(`✗ ${name}: ${faultWords(fault)} The ${lines} before it fit.\n`)
      continue
    }
    const withErased = erased === 0 ? '' : `, ${erased} of them with names or reasons erased`
    say(`✓ ${name}: ${lines} lines${withErased}. Head ${head.number}:${head.hash}\n`)
  }
  return isWhole ? 0 : 1
}

async function chainsOf(database: Database, siteKey: string | undefined): Promise<string[]> {
  if (siteKey === undefined) {
    const heads = await headsOf(database, 'all')
    return [...new Set([...heads.map(({ chain }) => chain), ...(await chainsWithLines(database))])].sort()
  }
  const siteId = await siteIdOfKey(database, siteKey)
  if (siteId === undefined) throw new CannotOpen(`There is no site with the key ${siteKey}.`)
  return [siteId]
}
