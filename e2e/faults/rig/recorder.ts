import type { WireSocket } from '@parley/shared/client/socket.ts'
import type { ReaderKind } from '@parley/shared/people.ts'
import type { WireEvent } from '@parley/shared/protocol/events.ts'
import type { EventPage } from '@parley/shared/protocol/reading.ts'
import { mayRetry, type Refusal } from '@parley/shared/protocol/refusals.ts'
import { type Act, emptyHistory, type Fault, type History, type Sent } from '../history/history.ts'
import { actionOf } from './privileged.ts'

type Answered = { ok: true; value: unknown } | { ok: false; refusal: Refusal }

export interface Recorder {
  history: History
  now(): number
  client(name: string, reader: ReaderKind, actorId: string): void
  /** Everything that crosses this socket is written down before the client sees it. */
  watch(client: string, socket: RawSocket): WireSocket
  submit(wish: Pick<Sent, 'requestId' | 'client' | 'conversationId' | 'text' | 'kind' | 'isAtOnce'>): void
  /** What somebody outside this process wrote, with what became of it. */
  report(wish: Omit<Sent, 'number'>): void
  /** A moment of the machine’s clock as one of this run’s. */
  since(ms: number): number
  entitle(client: string, conversationId: string): void
  disentitle(client: string, conversationIds: readonly string[]): void
  shows(client: string, conversationId: string, last: number): void
  fault<Result>(what: string, work: () => Promise<Result>): Promise<Result>
  /** How long each acknowledged send took, in ms. */
  ackMs(which?: (wish: Sent) => boolean): number[]
}

/** What a Socket.IO client has beyond what the connection uses. */
export interface RawSocket extends WireSocket {
  onAny(listener: (name: string, ...values: unknown[]) => void): unknown
}

const writes: Record<string, Sent['kind']> = { sendMessage: 'message', addNote: 'note' }

export function createRecorder(scenario: string, seed: number): Recorder {
  const history = emptyHistory(scenario, seed)
  const from = performance.now()
  const now = () => performance.now() - from
  const sent = new Map<string, Sent>()
  const acts = new Map<string, Act>()
  /** Answers may overtake the note that something was submitted. */
  const early = new Map<string, Answered>()

  function conclude(wish: Sent, outcome: Answered): void {
    if (wish.result !== 'unknown') return
    if (!outcome.ok && mayRetry(outcome.refusal)) return
    wish.result = outcome.ok ? 'ok' : 'failed'
    wish.endedAt = now()
  }

  function begin(name: string, wish: unknown): void {
    const { requestId } = (wish ?? {}) as { requestId?: string }
    const action = actionOf(name, wish)
    if (action === undefined || requestId === undefined || acts.has(requestId)) return
    const act: Act = { action, requestId, result: 'unknown' }
    acts.set(requestId, act)
    history.acts.push(act)
  }

  function concludeAct(act: Act, outcome: Answered): void {
    // What was done is not done again, and whoever asks again is told so.
    const isDone = outcome.ok || outcome.refusal.reason === 'request.repeated'
    if (isDone) act.result = 'ok'
    else if (act.result === 'unknown' && !outcome.ok && !mayRetry(outcome.refusal)) act.result = 'failed'
  }

  function frame(client: string, name: string, value: unknown): void {
    const about = value as { conversationId?: unknown } | null | undefined
    const conversationId = typeof about?.conversationId === 'string' ? about.conversationId : null
    const event = name === 'event' ? (value as WireEvent) : null
    history.frames.push({ client, at: now(), name, conversationId, event, text: JSON.stringify(value) ?? '' })
  }

  function answered(client: string, name: string, wish: unknown, outcome: Answered): void {
    const { requestId } = (wish ?? {}) as { requestId?: string }
    if (requestId !== undefined && name in writes) {
      const known = sent.get(requestId)
      if (known) conclude(known, outcome)
      else early.set(requestId, outcome)
    }
    const act = requestId === undefined ? undefined : acts.get(requestId)
    if (act) concludeAct(act, outcome)
    if (!outcome.ok) return
    frame(client, `answer:${name}`, outcome.value)
    if (name !== 'readConversation') return
    for (const event of (outcome.value as EventPage).events)
      history.frames.push({
        client,
        at: now(),
        name: 'read',
        conversationId: event.conversationId,
        event,
        text: '',
      })
  }

  return {
    history,
    now,
    client(name, reader, actorId) {
      history.clients.push({ name, reader, actorId })
    },
    watch(client, socket) {
      socket.onAny((name, ...values) => frame(client, name, values[0]))
      return {
        on: (name, listener) => socket.on(name, listener),
        connect: () => socket.connect(),
        disconnect: () => socket.disconnect(),
        emit(name, ...values) {
          const answer = values.at(-1)
          begin(name, values[0])
          if (typeof answer !== 'function') return socket.emit(name, ...values)
          return socket.emit(name, ...values.slice(0, -1), (outcome: Answered) => {
            answered(client, name, values[0], outcome)
            answer(outcome)
          })
        },
      }
    },
    submit(wish) {
      const entry: Sent = {
        ...wish,
        number: history.sent.length,
        submittedAt: now(),
        result: 'unknown',
        endedAt: null,
      }
      history.sent.push(entry)
      sent.set(wish.requestId, entry)
      const outcome = early.get(wish.requestId)
      if (outcome) conclude(entry, outcome)
    },
    report(wish) {
      const entry: Sent = { ...wish, number: history.sent.length }
      history.sent.push(entry)
      sent.set(wish.requestId, entry)
    },
    since: (ms) => ms - performance.timeOrigin - from,
    entitle(client, conversationId) {
      history.rights.push({ client, conversationId, from: 0, until: null })
    },
    disentitle(client, conversationIds) {
      for (const right of history.rights)
        if (right.client === client && conversationIds.includes(right.conversationId) && right.until === null)
          right.until = now()
    },
    shows(client, conversationId, last) {
      history.shown.push({ client, conversationId, at: now(), last })
    },
    async fault(what, work) {
      const fault: Fault = { what, at: now(), until: Number.POSITIVE_INFINITY }
      history.faults.push(fault)
      try {
        return await work()
      } finally {
        fault.until = now()
      }
    },
    ackMs: (which = () => true) =>
      history.sent.flatMap((wish) => {
        const { result, endedAt, submittedAt } = wish
        return result === 'ok' && endedAt !== null && which(wish) ? [endedAt - submittedAt] : []
      }),
  }
}
