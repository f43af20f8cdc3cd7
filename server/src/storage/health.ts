import type { Sql } from './database.ts'

/** Whether the database does its work now. A balancer that asks wants an answer, also from a database that gives none. */
export async function isAnswering(sql: Sql, withinMs = 3_000): Promise<boolean> {
  let late: ReturnType<typeof setTimeout> | undefined
  const tooLate = new Promise<false>((resolve) => {
    late = setTimeout(resolve, withinMs, false)
  })
  const answered = sql.query('select 1 as one').then(
    () => true,
    () => false,
  )
  try {
    return await Promise.race([answered, tooLate])
  } finally {
    clearTimeout(late)
  }
}
