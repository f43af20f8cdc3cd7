import { type Actor, actorIdOf } from '@parley/shared/people.ts'
import type { Database } from '../storage/database.ts'
import { type AuditLine, type AuditRow, insertAudit } from './audit.ts'
import type { Parts } from './parts.ts'

/** Opening the same conversation again within this time is the same look. */
export const sameLookMs = 15 * 60_000
const mostRemembered = 20_000
const mostAtOnce = 200

interface Pending {
  row: AuditRow
  written(): void
  failed(error: unknown): void
}

/**
 * Reads have no transaction to share, so the line is written before they answer. Those that come while a write is in
 * flight share the next one: many readers at once cost one insert.
 */
class ReadLines {
  private readonly database: Database
  private waiting: Pending[] = []
  private isWriting = false
  /** What was written, or is being written, and until when the same is not written again. */
  private readonly known = new Map<string, { untilMs: number; written: Promise<void> }>()

  constructor(database: Database) {
    this.database = database
  }

  note(row: AuditRow, nowMs: number): Promise<void> {
    if (row.quietMs === undefined) return this.add(row)
    const key = `${row.actor.siteId} ${actorIdOf(row.actor)} ${row.line.action} ${row.line.object}`
    const known = this.known.get(key)
    if (known && known.untilMs > nowMs) return known.written
    if (this.known.size >= mostRemembered) this.known.clear()
    const written = this.add(row)
    this.known.set(key, { untilMs: nowMs + row.quietMs, written })
    written.catch(() => this.known.delete(key))
    return written
  }

  private add(row: AuditRow): Promise<void> {
    return new Promise((written, failed) => {
      this.waiting.push({ row, written, failed })
      if (!this.isWriting) void this.write()
    })
  }

  private async write(): Promise<void> {
    this.isWriting = true
    while (this.waiting.length > 0) {
      const batch = this.waiting.splice(0, mostAtOnce)
      try {
        await insertAudit(
          this.database,
          batch.map(({ row }) => row),
        )
        for (const { written } of batch) written()
      } catch (error) {
        for (const { failed } of batch) failed(error)
      }
    }
    this.isWriting = false
  }
}

const linesOf = new WeakMap<Database, ReadLines>()

/** Resolves when the line is stored; what it is about is answered only then. */
export function auditRead(
  parts: Pick<Parts, 'database' | 'clock'>,
  actor: Actor,
  line: AuditLine & { sessionId?: string | null },
  quietMs?: number,
): Promise<void> {
  const lines = linesOf.get(parts.database) ?? new ReadLines(parts.database)
  linesOf.set(parts.database, lines)
  const { sessionId = null, ...rest } = line
  const row = { actor, line: rest, sessionId, ...(quietMs === undefined ? {} : { quietMs }) }
  return lines.note(row, parts.clock.now().getTime())
}
