import type { SystemActor } from '@parley/shared/people.ts'
import type { NewEvent, PublicMember } from '@parley/shared/protocol/events.ts'
import type { Parts } from '../app/parts.ts'
import type { Committed, Companion, Log } from '../conversations/index.ts'
import { presenceMs } from '../sites/index.ts'
import {
  abandoned,
  candidatesFor,
  type Line,
  linesWaiting,
  nextInLine,
  noteAssigned,
  offersToAbsent,
} from './store.ts'

/** Who let a conversation pass is not asked again for this long. */
const passedMs = 2 * 60 * 1000
/** A customer who waits this long for somebody who has gone is passed back to the queue. */
const abandonedMs = 90 * 1000
const sweepMs = 5_000
/** Members and places that one look weighs: the next look follows when something changed. */
const atOnce = 50

export interface Router {
  /** Something changed that may let somebody be offered a conversation; cheap to call often. */
  wake(): void
  /** One look at every line; for tests and start-up. */
  look(): Promise<void>
  start(): void
  stop(): Promise<void>
}

/** Offers waiting conversations to people, each for a time; what is not taken goes on to the next. */
export function createRouter(parts: Parts, log: Log): Router {
  const { database, clock, timers, logger } = parts
  let looking: Promise<void> | null = null
  let isAwake = false
  let isStopped = true
  let sweep: ReturnType<typeof setInterval> | undefined

  const seenAfter = () => new Date(clock.now().getTime() - presenceMs)

  async function look(): Promise<void> {
    await releaseAbsent()
    for (const line of await linesWaiting(database)) await serve(line)
  }

  async function serve(line: Line): Promise<void> {
    const unserved: string[] = []
    for (const conversationId of await nextInLine(database, line, atOnce)) {
      if (!(await candidateFor(line, conversationId))) {
        unserved.push(conversationId)
        continue
      }
      // Room that got free while the line was read belongs to who has waited longer.
      for (const earlier of unserved) await offerIfAny(line, earlier)
      await offerIfAny(line, conversationId)
    }
  }

  async function candidateFor(line: Line, conversationId: string): Promise<PublicMember | undefined> {
    const now = clock.now()
    const passedAfter = new Date(now.getTime() - passedMs)
    const [candidate] = await candidatesFor(database, line, conversationId, seenAfter(), passedAfter, now)
    return candidate
  }

  async function offerIfAny(line: Line, conversationId: string): Promise<void> {
    const candidate = await candidateFor(line, conversationId)
    if (candidate) await offer(line, conversationId, candidate)
  }

  async function offer(line: Line, conversationId: string, to: PublicMember): Promise<void> {
    await append(line.siteId, conversationId, (status, now) =>
      status === 'waiting'
        ? [
            {
              type: 'offerMade',
              payload: { to, untilAt: new Date(now.getTime() + line.offerSeconds * 1000).toISOString() },
            },
          ]
        : [],
    )
  }

  async function releaseAbsent(): Promise<void> {
    for (const conversationId of await offersToAbsent(database, seenAfter()))
      await lapse(conversationId, 'unavailable')
    const waitingBefore = new Date(clock.now().getTime() - abandonedMs)
    for (const conversationId of await abandoned(database, waitingBefore, seenAfter()))
      await log.append({
        actor: system(''),
        conversationId,
        requestId: null,
        content: null,
        decide: (held) =>
          held?.conversation.status === 'open' &&
          held.conversation.waitingSince !== null &&
          held.conversation.moderation.stage !== 'takenOver'
            ? [
                {
                  type: 'transferred',
                  payload: { with: held.conversation.with, queue: held.conversation.queue },
                },
              ]
            : [],
      })
  }

  async function lapse(conversationId: string, why: 'timedOut' | 'unavailable', to?: string): Promise<void> {
    await log.append({
      actor: system(''),
      conversationId,
      requestId: null,
      content: null,
      decide(held, now) {
        const open = held?.conversation.offer
        if (!open || (to !== undefined && open.to.memberId !== to)) return []
        if (why === 'timedOut' && Date.parse(open.untilAt) > now.getTime()) return []
        return [{ type: 'offerLapsed', payload: { to: open.to, why } }]
      },
    })
  }

  async function append(
    siteId: string,
    conversationId: string,
    decide: (status: string, now: Date) => NewEvent[],
  ): Promise<void> {
    await log.append({
      actor: system(siteId),
      conversationId,
      requestId: null,
      content: null,
      decide: (held, now) => (held ? decide(held.conversation.status, now) : []),
    })
  }

  timers.on('offer', async ({ key, payload }) => {
    await lapse(key, 'timedOut', (payload as { to: string }).to)
  })
  timers.on('snooze', async ({ key }) => {
    await append('', key, (status) =>
      status === 'snoozed' ? [{ type: 'unsnoozed', payload: { why: 'dueAt' } }] : [],
    )
  })
  log.onCommitted((commits) => {
    if (commits.some(({ events }) => events.some((event) => event.type !== 'messageSent'))) wake()
  })

  function wake(): void {
    isAwake = true
    if (looking || isStopped) return
    looking = (async () => {
      while (isAwake && !isStopped) {
        isAwake = false
        await look().catch((error) => logger.warn({ err: error }, 'Routing failed and will look again.'))
      }
      looking = null
    })()
  }

  return {
    wake,
    look,
    start() {
      isStopped = false
      sweep = setInterval(wake, sweepMs)
      wake()
    },
    async stop() {
      isStopped = true
      clearInterval(sweep)
      await looking
    },
  }
}

function system(siteId: string): SystemActor {
  return { kind: 'system', siteId, rule: 'routing' }
}

/** Timers that belong to an event commit with it. */
export function timersOf(parts: Pick<Parts, 'timers' | 'clock'>): Companion {
  return async (sql, commits) => {
    for (const { held, events } of commits)
      for (const event of events) {
        if (event.type === 'offerMade')
          await parts.timers.set(sql, 'offer', event.conversationId, new Date(event.payload.untilAt), {
            to: event.payload.to.memberId,
          })
        if (event.type === 'snoozed')
          await parts.timers.set(
            sql,
            'snooze',
            held.conversation.conversationId,
            new Date(event.payload.untilAt),
          )
      }
    const assigned = assignedIn(commits)
    if (assigned.length > 0) await noteAssigned(sql, assigned, parts.clock.now())
  }
}

function assignedIn(commits: readonly Committed[]): string[] {
  return commits.flatMap(({ events }) =>
    events.flatMap((event) => (event.type === 'assigned' ? [event.payload.to.memberId] : [])),
  )
}
