import { type Actor, actorIdOf } from '@parley/shared/people.ts'
import type { Refusal } from '@parley/shared/protocol/refusals.ts'
import { type AuditRow, insertAudit } from './audit.ts'
import type { Parts } from './parts.ts'
import { createRefusalAlarm } from './refusal-alarm.ts'

/** Somebody who tries doors: refused for want of a right, or told that nothing is there. */
export interface RefusalCounts {
  note(actor: Actor, command: string, refusal: Refusal): void
  flush(): Promise<void>
  start(): void
  stop(): Promise<void>
}

const everyMs = 60_000
/** Beyond it refusals are counted together: whoever comes as thousands cannot fill the audit. */
const mostActors = 500
const mostNames = 5

interface Count {
  actor: Actor
  total: number
  byCommand: Map<string, number>
}

/** One line per actor and minute, not one per try; and an alarm for whoever is refused again and again. */
export function createRefusalCounts(
  parts: Pick<Parts, 'database' | 'logger' | 'clock'>,
  raise: (actor: Actor) => Promise<void>,
): RefusalCounts {
  const alarm = createRefusalAlarm(parts.clock, (actor) =>
    raise(actor).catch((error) => parts.logger.error({ err: error }, 'An alarm could not be raised.')),
  )
  let counts = new Map<string, Count>()
  let timer: NodeJS.Timeout | undefined

  async function flush(): Promise<void> {
    alarm.tidy()
    if (counts.size === 0) return
    const taken = [...counts.values()]
    counts = new Map()
    try {
      await insertAudit(parts.database, taken.map(rowOf))
    } catch (error) {
      parts.logger.error({ err: error }, 'Refusals could not be written into the audit.')
    }
  }

  return {
    note(actor, command, { code, reason }) {
      if (code !== 'notAllowed' && !(code === 'notFound' && reason === undefined)) return
      const isOneTooMany = counts.size >= mostActors && !counts.has(keyOf(actor))
      const counted: Actor = isOneTooMany ? { kind: 'system', siteId: '', rule: 'others' } : actor
      const count = counts.get(keyOf(counted)) ?? { actor: counted, total: 0, byCommand: new Map() }
      counts.set(keyOf(counted), count)
      count.total += 1
      count.byCommand.set(command, (count.byCommand.get(command) ?? 0) + 1)
      alarm.note(counted)
    },
    flush,
    start() {
      timer = setInterval(() => void flush(), everyMs)
    },
    async stop() {
      clearInterval(timer)
      await alarm.settled()
      await flush()
    },
  }
}

function keyOf(actor: Actor): string {
  return `${actor.siteId} ${actorIdOf(actor)}`
}

function rowOf({ actor, total, byCommand }: Count): AuditRow {
  const names = [...byCommand].sort(([, a], [, b]) => b - a).slice(0, mostNames)
  return {
    actor,
    line: {
      action: 'rights.refused',
      object: `${actor.kind === 'customer' ? 'contact' : actor.kind}:${actorIdOf(actor)}`,
      reason: `${total} in a minute: ${names.map(([name, times]) => `${name} ${times}`).join(', ')}`,
      result: 'refused',
    },
  }
}
