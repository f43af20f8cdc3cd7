import type { Clock } from '../clock.ts'
import type { Sql } from './database.ts'

/** Beyond this, tokens and timers of this process would be judged by a time that no other process has. */
const mostSkewMs = 5_000

export type Health = 'ready' | 'storage' | 'clock'

/** Whether the database does its work now and agrees about the time. A balancer that asks wants an answer, also from a database that gives none. */
export async function healthOf(sql: Sql, clock: Clock, withinMs = 3_000): Promise<Health> {
  let late: ReturnType<typeof setTimeout> | undefined
  const tooLate = new Promise<undefined>((resolve) => {
    late = setTimeout(() => resolve(undefined), withinMs)
  })
  const before = clock.now().getTime()
  const told = sql.query<{ now: Date }>('select clock_timestamp() as now').then(
    ([row]) => row?.now.getTime(),
    () => undefined,
  )
  try {
    const at = await Promise.race([told, tooLate])
    if (at === undefined) return 'storage'
    const isAgreed = at >= before - mostSkewMs && at <= clock.now().getTime() + mostSkewMs
    return isAgreed ? 'ready' : 'clock'
  } finally {
    clearTimeout(late)
  }
}
