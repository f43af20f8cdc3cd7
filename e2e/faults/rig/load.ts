import { newRequestId } from '@parley/shared/client/request-id.ts'
import type { Chance } from '../../replay/chance.ts'
import { staffCanary } from '../history/checks/leaks.ts'
import type { Crew, Talk } from './crew.ts'
import type { Recorder } from './recorder.ts'
import { readAll } from './site.ts'

export interface Load {
  stop(): Promise<void>
}

const tickMs = 50
const noteShare = 0.05
const fetchShare = 0.05
const actEveryMs = 1_000
const cutEveryMs = 10_000
const cutShare = 0.05

/** People who write, now and then a note, a privileged act, an answer of a node that is asked in between, a line that breaks. */
export function startLoad(
  parts: { crew: Crew; recorder: Recorder; chance: Chance },
  options: { perSecond: number; talks?: readonly Talk[]; cuts?: boolean },
): Load {
  const { crew, recorder, chance } = parts
  const talks = options.talks ?? crew.talks
  const startedAt = recorder.now()
  const running = new Set<Promise<unknown>>()
  let sent = 0
  let acts = 0
  let cutAt = startedAt + cutEveryMs

  function write(): void {
    const talk = talks[Math.floor(chance.fraction() * talks.length)]
    if (!talk) return
    sent += 1
    const { conversationId, customer, answers } = talk
    if (answers.reader === 'staff' && chance.happens(noteShare)) {
      track(answers.note(conversationId, `${staffCanary} ${sent}`))
      return
    }
    const by = chance.happens(0.5) ? customer : answers
    by.say(conversationId, `${recorder.history.scenario} ${sent} by ${by.name}`)
    if (chance.happens(fetchShare)) track(fetchLater(conversationId))
  }

  /** What leaves a line in the audit log: by a row, and by an event. */
  function act(): void {
    acts += 1
    const requestId = newRequestId()
    const { ines, daniel } = crew.members
    const talk = talks.find(({ vendorId }) => vendorId !== null)
    if (talk && acts % 2 === 0)
      track(
        daniel.ask('whisper', {
          requestId,
          conversationId: talk.conversationId,
          text: `Aside ${acts}`,
          reason: 'To help',
        }),
      )
    else {
      const shortcut = `act-${requestId.toLowerCase().replace(/[^a-z0-9]/g, '')}`.slice(0, 40)
      track(
        ines.ask('saveCannedReply', { requestId, cannedReplyId: null, shortcut, title: 'Act', text: 'Done' }),
      )
    }
  }

  function track(work: Promise<unknown>): void {
    const guarded = work.catch(() => {}).finally(() => running.delete(guarded))
    running.add(guarded)
  }

  async function fetchLater(conversationId: string): Promise<void> {
    await new Promise((next) => setTimeout(next, chance.between(0, 200)))
    const ports = crew.options.site.ready()
    const port = ports[Math.floor(chance.fraction() * ports.length)]
    if (port === undefined) return
    const startedAt = recorder.now()
    const { events } = await readAll(crew.options.site, port, conversationId, crew.members.daniel.proof())
    const requestIds = events.flatMap(({ requestId }) => (requestId === undefined ? [] : [requestId]))
    recorder.history.fetched.push({
      node: `port ${port}`,
      reader: 'staff',
      conversationId,
      startedAt,
      requestIds,
    })
  }

  const ticking = setInterval(() => {
    const now = recorder.now()
    for (const due = ((now - startedAt) / 1_000) * options.perSecond; sent < due; ) write()
    if (now - startedAt > acts * actEveryMs) act()
    if (options.cuts === false || now < cutAt) return
    cutAt = now + cutEveryMs
    for (const person of crew.everybody()) if (chance.happens(cutShare)) person.line.cut()
  }, tickMs)

  return {
    async stop() {
      clearInterval(ticking)
      await Promise.all(running)
    },
  }
}
