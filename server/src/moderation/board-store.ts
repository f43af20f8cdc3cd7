import { vendorWeights } from '@parley/shared/conversation/need.ts'
import type { CommandInput } from '@parley/shared/protocol/commands.ts'
import type { BoardPage } from '@parley/shared/protocol/reading.ts'
import { type Held, type HeldRow, heldFrom } from '../conversations/index.ts'
import type { Sql } from '../storage/database.ts'

/** Where a page ends: by need, then by who has waited longest. */
export interface BoardPlace {
  need: number
  /** ISO 8601, or `infinity` where nobody waits. */
  waitingSince: string
  conversationId: string
}

const onBoard = `c.site_id = $1 and c.status <> 'closed'
  and (c.vendor_id is not null or c.room_members is not null or jsonb_typeof(c.state->'hand') = 'object')`

const is = {
  any: 'true',
  flagged: `jsonb_path_exists(c.state, '$.flags[*].kinds[*] ? (@ != "reported")')`,
  reported: `jsonb_path_exists(c.state, '$.flags[*].kinds[*] ? (@ == "reported")')`,
  held: `jsonb_path_exists(c.state, '$.held.*[*]')`,
  hand: `jsonb_typeof(c.state->'hand') = 'object'`,
  moderated: `c.state->'moderation'->>'stage' in ('joined', 'takenOver')`,
} as const satisfies Record<CommandInput<'listBoard'>['need'], string>

/** The same sum as `needOf`, `toneNeedOf` and `vendorNeedOf`; the weights are numbers of ours. */
const score = `c.need + coalesce(t.need, 0) + case when v.state = 'probation' then ${vendorWeights.probation} else 0 end
  + case v.standing->>'verdict' when 'hard' then ${vendorWeights.hard} when 'warning' then ${vendorWeights.warning} else 0 end`

export async function pageOfBoard(
  sql: Sql,
  siteId: string,
  wish: CommandInput<'listBoard'>,
  after: BoardPlace | null,
): Promise<{ held: Held; updatedAt: string; place: BoardPlace }[]> {
  const rows = await sql.query<HeldRow & { updated_at: Date; need: number; waiting_since: Date | null }>(
    `select c.site_id, c.conversation_id, c.seq, c.customer_position, c.vendor_position, c.first_assigned_at,
       c.state || c.latest as state, c.updated_at, ${score} as need, c.waiting_since
     from conversations c left join vendors v on v.site_id = c.site_id and v.vendor_id = c.vendor_id
       left join conversation_tones t on t.conversation_id = c.conversation_id
     where ${onBoard} and ${is[wish.need]}
       and ($2::text is null or c.vendor_id = $2 or c.room_members @> array[$2::text])
       and ($3::text is null or c.state->'customer'->>'name' ilike $3 or c.state->'with'->>'name' ilike $3
         or c.latest->'lastMessage'->>'text' ilike $3)
       and ($4::int is null or (-(${score}), coalesce(c.waiting_since, 'infinity'::timestamptz), c.conversation_id)
         > (-$4::int, $5::timestamptz, $6::text))
     order by need desc, coalesce(c.waiting_since, 'infinity'::timestamptz), c.conversation_id limit $7`,
    [
      siteId,
      wish.vendorId ?? null,
      wish.search === undefined ? null : `%${wish.search.replace(/[\\%_]/g, '\\$&')}%`,
      after?.need ?? null,
      after?.waitingSince ?? null,
      after?.conversationId ?? null,
      wish.limit,
    ],
  )
  return rows.map((row) => ({
    held: heldFrom(sql.seal, row),
    updatedAt: row.updated_at.toISOString(),
    place: {
      need: row.need,
      waitingSince: row.waiting_since?.toISOString() ?? 'infinity',
      conversationId: row.conversation_id,
    },
  }))
}

export async function countBoard(sql: Sql, siteId: string): Promise<BoardPage['counts']> {
  const [row] = await sql.query<BoardPage['counts']>(
    `select count(*)::int as "all", count(*) filter (where ${is.flagged})::int as flagged,
       count(*) filter (where ${is.held})::int as held, count(*) filter (where ${is.hand})::int as hand,
       count(*) filter (where ${is.reported})::int as reported,
       count(*) filter (where ${is.moderated})::int as moderated
     from conversations c where ${onBoard}`,
    [siteId],
  )
  return row ?? { all: 0, flagged: 0, held: 0, hand: 0, reported: 0, moderated: 0 }
}
