import { existsSync } from 'node:fs'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { asTable, figuresOf, isFaultless } from './figures.ts'
import { readConversations } from './read-file.ts'
import { type Outcome, runReplay } from './run-replay.ts'
import { type Site, startOwnSite } from './site.ts'

const here = (path: string) => fileURLToPath(new URL(path, import.meta.url))
/** Beside the repository; not part of it. */
const real = here('../../../shared/data')
const files = ['multidogo-finance-train.tsv', 'multidogo-software-train.tsv', 'abcd-sample.json']
const realOfEach = 120

describe('conversations played through real clients over a network that breaks', () => {
  let site: Site
  beforeAll(async () => {
    site = await startOwnSite()
  })
  afterAll(() => site?.stop())

  function expectFaultless(outcome: Outcome): void {
    const figures = figuresOf(outcome)
    expect({ troubles: outcome.troubles, differences: outcome.differences }).toEqual({
      troubles: [],
      differences: [],
    })
    expect(isFaultless(figures), asTable(figures)).toBe(true)
    // A run in which nothing broke shows nothing.
    expect(outcome.cuts).toBeGreaterThan(0)
    expect(outcome.tally.retries).toBeGreaterThan(0)
    expect(outcome.tally.repairs).toBeGreaterThan(0)
  }

  it('are equal, in order and once for the visitor, the agent, the store and the sample', async () => {
    const { conversations, leftOut } = readConversations(here('sample.json'))
    expect(leftOut).toEqual([])
    expect(conversations.length).toBeGreaterThanOrEqual(40)
    expectFaultless(
      await runReplay(site, { conversations, atOnce: 48, seed: 20_261_122, patienceMs: 30_000 }),
    )
  })

  it('are so too for hundreds of real ones at once', { timeout: 240_000 }, async ({ skip }) => {
    skip(
      !existsSync(real),
      'The real conversations are not here: put them into ../shared/data beside the repository.',
    )
    const conversations = files.flatMap((file) =>
      readConversations(join(real, file)).conversations.slice(0, realOfEach),
    )
    expect(conversations.length).toBeGreaterThan(200)
    expectFaultless(await runReplay(site, { conversations, atOnce: 200, seed: 7, patienceMs: 90_000 }))
  })
})
