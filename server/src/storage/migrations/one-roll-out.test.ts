import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { testDatabase, testEngines } from '../../testing/database.ts'
import type { Database } from '../database.ts'
import { migrations } from './index.ts'
import { migrate } from './migrate.ts'

const id = '018-one-roll-out'
const before = migrations.slice(
  0,
  migrations.findIndex((migration) => migration.id === id),
)
const through = migrations.slice(0, before.length + 1)

describe.each(testEngines)('one roll-out instead of two switches, on %s', (engine) => {
  let database: Database
  const rulesOf = (siteId: string) =>
    database.query(
      `select feature, revision, (rule->>'isKilled')::boolean as killed, (rule->>'sharePercent')::int as share
       from rollouts where site_id = $1 order by feature, revision`,
      [siteId],
    )
  beforeAll(async () => {
    database = await testDatabase(engine, { migrated: false })
    await migrate(database, before)
    const both = { moderation: { typingPreview: true }, rooms: { vendors: true, buyers: false } }
    const neither = { moderation: { typingPreview: false }, rooms: { vendors: false, buyers: true } }
    for (const [siteId, settings] of Object.entries({ sit_both: both, sit_neither: neither, sit_old: {} })) {
      await database.query(
        `insert into sites (site_id, site_key, settings, created_at) values ($1, $1, $2::jsonb, '2026-01-01')`,
        [siteId, JSON.stringify(settings)],
      )
      if (siteId === 'sit_old') continue
      for (const [revision, sharePercent] of [
        [1, 10],
        [2, 40],
      ])
        await database.query(
          `insert into rollouts (site_id, feature, revision, rule, changed_at, changed_by)
           values ($1, 'moderation.typingPreview', $2, $3::jsonb, '2026-02-01', 'mem_ines')`,
          [siteId, revision, JSON.stringify({ isKilled: false, sharePercent })],
        )
    }
    expect(await migrate(database, through)).toEqual([id])
  })
  afterAll(() => database.close())

  it('leaves on what a site had on, under the rule it had, and the past as it was', async () => {
    expect(await rulesOf('sit_both')).toEqual([
      { feature: 'moderation.typingPreview', revision: 0, killed: false, share: 100 },
      { feature: 'moderation.typingPreview', revision: 1, killed: false, share: 10 },
      { feature: 'moderation.typingPreview', revision: 2, killed: false, share: 40 },
      { feature: 'rooms.vendors', revision: 0, killed: false, share: 100 },
    ])
  })

  it('leaves off what a site had off, whatever its rule said meanwhile', async () => {
    expect(await rulesOf('sit_neither')).toEqual([
      { feature: 'moderation.typingPreview', revision: 1, killed: false, share: 10 },
      { feature: 'moderation.typingPreview', revision: 2, killed: false, share: 40 },
      { feature: 'moderation.typingPreview', revision: 3, killed: true, share: 40 },
      { feature: 'rooms.buyers', revision: 0, killed: false, share: 100 },
    ])
    expect(await rulesOf('sit_old')).toEqual([])
  })
})
