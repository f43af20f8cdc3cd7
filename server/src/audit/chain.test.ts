import type { Actor, SystemActor } from '@parley/shared/people.ts'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { type AuditLine, insertAudit, writeAudit } from '../app/audit.ts'
import type { Database, Sql } from '../storage/database.ts'
import { migrations } from '../storage/migrations/index.ts'
import { migrate } from '../storage/migrations/migrate.ts'
import { openPostgres } from '../storage/postgres.ts'
import { freshPostgresUrl, silent, testDatabase, testEngines } from '../testing/database.ts'
import { member } from '../testing/given-conversation.ts'
import { erasePersonFromAudit } from './index.ts'
import { verifyChain } from './verify-chain.ts'

let sites = 0
/** Every test has a chain of its own, and two sites beside it. */
function freshSite() {
  sites += 1
  const siteId = `site_${sites}`
  const elsewhere: SystemActor = { kind: 'system', siteId: `${siteId}_elsewhere`, rule: 'signIn' }
  return { siteId, priya: { ...member('Priya'), siteId }, elsewhere }
}
const nowhere: SystemActor = { kind: 'system', siteId: '', rule: 'signIn' }

function write(sql: Sql, actor: Actor, line: Partial<AuditLine> = {}) {
  return writeAudit(sql, actor, { action: 'queue.saved', object: 'queue:que_1', ...line })
}

async function givenLines(database: Database, count: number) {
  const site = freshSite()
  for (let at = 1; at <= count; at += 1)
    await write(database, site.priya, { object: `queue:que_${at}`, reason: `because ${at}` })
  return site
}

/** As somebody who owns the database, and has no need of the server. */
async function tamper(database: Database, siteId: string, ...statements: string[]): Promise<void> {
  await database.query('alter table audit disable trigger user')
  for (const statement of statements) await database.query(statement.replaceAll(':site', `'${siteId}'`))
  await database.query('alter table audit enable trigger user')
}

describe.each(testEngines)('the audit’s chain on %s', (engine) => {
  let database: Database
  beforeAll(async () => {
    database = await testDatabase(engine)
  })
  afterAll(() => database.close())

  it('numbers the lines of each site densely, and those of no site on their own', async () => {
    const { siteId, priya, elsewhere } = freshSite()
    for (const actor of [priya, elsewhere, priya, nowhere, priya]) await write(database, actor)
    const rows = await database.query<{ chain: string; number: number }>(
      'select chain, number from audit order by chain, number',
    )
    expect(rows.map(({ chain, number }) => `${chain} ${number}`)).toEqual(
      expect.arrayContaining([' 1', `${siteId}_elsewhere 1`, `${siteId} 1`, `${siteId} 2`, `${siteId} 3`]),
    )
    expect(await verifyChain(database, '')).toMatchObject({ fault: null })
    expect(await verifyChain(database, elsewhere.siteId)).toMatchObject({ fault: null, lines: 1 })
    expect(await verifyChain(database, siteId)).toMatchObject({ fault: null, lines: 3 })
  })

  it('is the same whether the database or the server computes it, whatever the text', async () => {
    const { siteId, priya } = freshSite()
    for (const text of ['', 'ü, „x“ 12:34,', '𝒳😀', '-,', '3:abc,', `it's \\ "quoted"`, 'ﬁ\u200d'])
      await write(database, priya, {
        reason: text,
        object: `x:${text}`,
        ip: text,
        before: { text },
        after: [text],
      })
    await write(database, priya, { actingAs: 'con_marta', result: 'refused' })
    expect(await verifyChain(database, siteId)).toMatchObject({ fault: null, lines: 8 })
  })

  it('takes no line of a transaction that fails, and leaves no hole for it', async () => {
    const { siteId, priya } = await givenLines(database, 1)
    await expect(
      database.transaction(async (sql) => {
        await write(sql, priya)
        throw new Error('the act failed')
      }),
    ).rejects.toThrow('the act failed')
    await write(database, priya)
    expect(await verifyChain(database, siteId)).toMatchObject({ fault: null, lines: 2 })
  })

  it('keeps one order when many write at once, in whatever order they name the sites', async () => {
    const { siteId, priya, elsewhere } = freshSite()
    await Promise.all(
      Array.from({ length: 60 }, (_, at) =>
        database.transaction(async (sql) => {
          await write(sql, at % 2 === 0 ? elsewhere : priya, { object: `queue:${at}` })
          if (at % 5 !== 0)
            await write(sql, at % 2 === 0 ? priya : elsewhere, { object: `queue:${at} again` })
        }),
      ),
    )
    const verdicts = await Promise.all(
      [siteId, elsewhere.siteId].map((chain) => verifyChain(database, chain)),
    )
    expect(verdicts.map(({ fault }) => fault)).toEqual([null, null])
    expect(verdicts.reduce((sum, { lines }) => sum + lines, 0)).toBe(108)
  })

  it('refuses to change, delete or empty what was written', async () => {
    const { siteId } = await givenLines(database, 2)
    for (const statement of [
      `update audit set action = 'x'`,
      `update audit set reason = 'another'`,
      `update audit set actor_name = 'Somebody else'`,
      `update audit set actor_name = null`,
      `update audit set who_salt = null`,
      `update audit set hash = repeat('0', 64), number = 9`,
      'delete from audit',
      'truncate audit',
    ])
      await expect(database.query(statement), statement).rejects.toThrow('append-only')
    expect(await verifyChain(database, siteId)).toMatchObject({ fault: null, lines: 2 })
  })

  const plants: [string, string[], object][] = [
    [
      'a changed action',
      [`update audit set action = 'queue.removed' where chain = :site and number = 3`],
      { what: 'changed', number: 3 },
    ],
    [
      'a changed reason',
      [`update audit set reason = 'none' where chain = :site and number = 4`],
      { what: 'changed', number: 4 },
    ],
    [
      'a changed name',
      [`update audit set actor_name = 'Nobody' where chain = :site and number = 2`],
      { what: 'changed', number: 2 },
    ],
    [
      'another time',
      [`update audit set at = at - interval '1 second' where chain = :site and number = 5`],
      { what: 'changed', number: 5 },
    ],
    [
      'a name kept after its salt was destroyed',
      [`update audit set who_salt = null where chain = :site and number = 2`],
      { what: 'changed', number: 2 },
    ],
    [
      'a deleted line',
      ['delete from audit where chain = :site and number = 3'],
      { what: 'missing', number: 3 },
    ],
    [
      'a deleted last line',
      ['delete from audit where chain = :site and number = 6'],
      { what: 'missing', number: 6 },
    ],
    ['everything deleted', ['delete from audit where chain = :site'], { what: 'missing', number: 1 }],
    [
      'a deleted line whose followers were moved up',
      [
        'delete from audit where chain = :site and number = 3',
        'update audit set number = number - 1 where chain = :site and number > 3',
      ],
      { what: 'moved', number: 3 },
    ],
    [
      'two lines exchanged',
      [
        'update audit set number = -2 where chain = :site and number = 2',
        'update audit set number = 2 where chain = :site and number = 3',
        'update audit set number = 3 where chain = :site and number = -2',
      ],
      { what: 'moved', number: 2 },
    ],
    [
      'what two lines say exchanged',
      [
        `update audit a set object = b.object from audit b
         where a.chain = :site and b.chain = :site and a.number + b.number = 5 and a.number in (2, 3)`,
      ],
      { what: 'changed', number: 2 },
    ],
    [
      'a line put in between',
      [
        'update audit set number = number + 1000 where chain = :site and number > 3',
        'update audit set number = number - 999 where chain = :site and number > 1000',
        `insert into audit (site_id, actor_id, action, object, chain, number, previous_hash, hash, who_digest, reason_digest)
         select site_id, actor_id, 'planted', object, chain, 4, hash, hash, who_digest, reason_digest from audit where chain = :site and number = 3`,
      ],
      { what: 'changed', number: 4 },
    ],
    [
      'a line put in without a place',
      [`insert into audit (site_id, actor_id, action, object) values (:site, 'x', 'planted', 'x')`],
      { what: 'added', number: null },
    ],
    [
      'a line put behind the end',
      [
        `insert into audit (site_id, actor_id, action, object, chain, number, previous_hash, hash)
         select site_id, actor_id, 'planted', object, chain, 7, hash, hash from audit where chain = :site and number = 6`,
      ],
      { what: 'added', number: 7 },
    ],
    [
      'another end',
      [`update audit_heads set hash = repeat('a', 64) where chain = :site`],
      { what: 'head', number: 6 },
    ],
    [
      'an end that was taken away with its last line',
      ['delete from audit_heads where chain = :site', 'delete from audit where chain = :site and number > 5'],
      { what: 'added', number: 1 },
    ],
  ]
  it.each(plants)('finds %s and names the first line that does not fit', async (_what, statements, fault) => {
    const { siteId } = await givenLines(database, 6)
    expect(await verifyChain(database, siteId)).toMatchObject({ fault: null, lines: 6 })
    await tamper(database, siteId, ...statements)
    expect((await verifyChain(database, siteId)).fault).toMatchObject(fault)
  })

  it('made anew from the middle does not pass through a head that was noted before', async () => {
    const { siteId } = await givenLines(database, 4)
    const noted = (await verifyChain(database, siteId)).head
    await tamper(
      database,
      siteId,
      `update audit set action = 'nothing' where chain = :site and number = 3`,
      `update audit_heads set number = 2, hash = (select hash from audit where chain = :site and number = 2)
       where chain = :site`,
      `update audit set hash = null, chain = null, number = null where chain = :site and number > 2`,
      `select audit_seal(audit_id, at) from audit where site_id = :site and number is null order by audit_id`,
    )
    expect((await verifyChain(database, siteId)).fault).toBeNull()
    expect((await verifyChain(database, siteId, noted)).fault).toMatchObject({ what: 'changed', number: 4 })
    const later = { ...noted, number: 9 }
    expect((await verifyChain(database, siteId, later)).fault).toMatchObject({ what: 'missing', number: 5 })
  })

  it('survives an erasure: names, addresses and reasons are gone, and what was done is still proven', async () => {
    const { siteId, priya, elsewhere } = await givenLines(database, 3)
    const reason = 'Marta Oliveira asked for it'
    await write(database, priya, { ip: '192.0.2.7', object: 'contact:con_marta', reason })
    await write(database, elsewhere)
    const erasure = { siteId, actorId: priya.memberId, objects: ['contact:con_marta'] }
    expect(await erasePersonFromAudit(database, erasure)).toEqual({ lines: 5 })
    const rows = await database.query('select * from audit where site_id = $1', [siteId])
    expect(JSON.stringify(rows)).not.toMatch(/Priya|192\.0\.2\.7|Marta Oliveira/)
    expect(JSON.stringify(rows)).toContain('because 2')
    expect(await verifyChain(database, siteId)).toMatchObject({ fault: null, lines: 4, erased: 4 })
    await tamper(
      database,
      siteId,
      `update audit set actor_name = 'Put back' where chain = :site and number = 2`,
    )
    expect((await verifyChain(database, siteId)).fault).toMatchObject({ what: 'changed', number: 2 })
  })

  it('writes on one line whatever would break it or turn it round', async () => {
    const { siteId, priya } = freshSite()
    const evil = 'ok\r\n2026 admin role.changed\u2028\u202eevil\u0007\u009b'
    await write(database, { ...priya, name: evil }, { reason: evil, object: evil, action: evil })
    const [row] = await database.query<Record<string, string>>(
      'select actor_name, action, object, reason from audit where site_id = $1',
      [siteId],
    )
    expect(Object.values(row ?? {})).toHaveLength(4)
    for (const text of Object.values(row ?? {}))
      expect(text).toBe('ok\\u000d\\u000a2026 admin role.changed\\u2028\\u202eevil\\u0007\\u009b')
  })

  it('writes several lines at once, and none that is still quiet', async () => {
    const { siteId, priya, elsewhere } = freshSite()
    const line = { action: 'conversation.read', object: 'conversation:cnv_1' }
    const other = { ...line, object: 'conversation:cnv_2' }
    await insertAudit(
      database,
      [priya, elsewhere, priya].map((actor) => ({ actor, line })),
    )
    await insertAudit(database, [{ actor: priya, line, quietMs: 60_000 }])
    await insertAudit(database, [{ actor: priya, line: other, quietMs: 60_000 }])
    expect(await verifyChain(database, siteId)).toMatchObject({ fault: null, lines: 3 })
    expect(await verifyChain(database, elsewhere.siteId)).toMatchObject({ fault: null, lines: 1 })
  })

  it('begins with the lines that were written before there was one', async () => {
    const old = await testDatabase(engine, { migrated: false })
    try {
      await migrate(
        old,
        migrations.filter(({ id }) => id < '005'),
      )
      await old.query(
        `insert into audit (at, site_id, actor_id, actor_name, action, object, reason, ip)
         select timestamptz '2026-01-01T00:00:00.123456Z' + n * interval '1 hour',
           case n % 3 when 0 then null else 'site_test' end,
           'mem_priya', 'Priya', 'queue.saved', 'queue:' || n, case n % 2 when 0 then 'why' end, '192.0.2.1'
         from generate_series(1, 12) as n`,
      )
      await migrate(old)
      await write(old, member('Priya'))
      expect(await verifyChain(old, 'site_test')).toMatchObject({ fault: null, lines: 9 })
      expect(await verifyChain(old, '')).toMatchObject({ fault: null, lines: 4 })
      const [first] = await old.query<{ at: Date }>(
        `select at from audit where chain = 'site_test' and number = 1`,
      )
      expect(first?.at.toISOString()).toBe('2026-01-01T01:00:00.123Z')
    } finally {
      await old.close()
    }
  })
})

it('keeps one order when nodes with connections of their own write the same chains', async () => {
  const databaseUrl = await freshPostgresUrl()
  const nodes = await Promise.all([1, 2, 3].map(() => openPostgres({ databaseUrl, logger: silent })))
  try {
    for (const node of nodes) await migrate(node)
    const { siteId, priya, elsewhere } = freshSite()
    await Promise.all(
      nodes.flatMap((node, of) =>
        Array.from({ length: 40 }, (_, at) =>
          node.transaction(async (sql) => {
            const actors = at % 2 === 0 ? [elsewhere, priya] : [priya]
            for (const actor of of === 1 ? actors.reverse() : actors)
              await write(sql, actor, { object: `${of} ${at}` })
          }),
        ),
      ),
    )
    const [node] = nodes
    if (!node) throw new Error('There is no node')
    expect(await verifyChain(node, siteId)).toMatchObject({ fault: null, lines: 120 })
    expect(await verifyChain(node, elsewhere.siteId)).toMatchObject({ fault: null, lines: 60 })
  } finally {
    for (const node of nodes) await node.close()
  }
})
