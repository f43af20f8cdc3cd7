import { newRequestId } from '@parley/shared/client/request-id.ts'
import type { Outcome } from '@parley/shared/protocol/answers.ts'
import { mayRetry } from '@parley/shared/protocol/refusals.ts'
import { io, type Socket } from 'socket.io-client'
import type { FromWriters, ToWriters, Writer, WrittenMessage } from './writers-protocol.ts'

/** People who write more than can be kept up with, in a process that does nothing else: what they wait for is the product. */
interface Tab {
  writer: Writer
  socket: Socket
}

const answerWithinMs = 30_000
const tries = 200
const tabs: Tab[] = []

async function open(writer: Writer): Promise<void> {
  const socket = io(writer.url, {
    path: '/socket',
    transports: ['websocket'],
    auth: writer.auth,
    forceNew: true,
  })
  tabs.push({ writer, socket })
  await new Promise<void>((resolve, reject) => {
    socket.once('welcome', () => resolve())
    socket.once('connect_error', reject)
  })
}

const now = () => performance.timeOrigin + performance.now()

async function writeOne({ writer, socket }: Tab, text: string): Promise<WrittenMessage> {
  const { name, conversationId } = writer
  const wish = { requestId: newRequestId(), conversationId, text }
  const sentAt = now()
  const written = { name, ...wish, sentAt, takenAt: null, isRefused: false }
  let first: WrittenMessage['first'] | undefined
  for (let turn = 0; turn < tries; turn += 1) {
    const outcome = await ask(socket, wish)
    const refusal = outcome.ok ? null : outcome.refusal
    first ??= { ms: now() - sentAt, refused: refusal && (refusal.reason ?? refusal.code) }
    if (refusal === null) return { ...written, first, takenAt: now() }
    if (!mayRetry(refusal)) return { ...written, first, isRefused: true }
    await new Promise((next) =>
      setTimeout(next, (refusal.retryAfterMs ?? 250) * (0.75 + 0.5 * Math.random())),
    )
  }
  return { ...written, first: first ?? { ms: now() - sentAt, refused: 'nothing' } }
}

async function ask(socket: Socket, wish: object): Promise<Outcome<unknown>> {
  try {
    return (await socket.timeout(answerWithinMs).emitWithAck('sendMessage', wish)) as Outcome<unknown>
  } catch {
    return { ok: false, refusal: { code: 'unavailable', reason: 'offline' } }
  }
}

async function write({ perSecond, forMs }: Required<ToWriters>['write']): Promise<FromWriters> {
  const open: Promise<WrittenMessage>[] = []
  const from = performance.now()
  while (performance.now() - from < forMs) {
    for (const due = ((performance.now() - from) / 1_000) * perSecond; open.length < due; ) {
      const tab = tabs[open.length % tabs.length]
      if (tab) open.push(writeOne(tab, `${perSecond} a second, ${open.length}`))
    }
    await new Promise((next) => setTimeout(next, 5))
  }
  return { messages: await Promise.all(open) }
}

process.on('message', async ({ connect, write: wanted }: ToWriters) => {
  for (const writer of connect ?? [])
    await Promise.all(Array.from({ length: writer.tabs }, () => open(writer)))
  const told: FromWriters = wanted ? await write(wanted) : { messages: [] }
  process.send?.(told)
})
process.once('disconnect', () => process.exit(0))
process.send?.({ messages: [] } satisfies FromWriters)
