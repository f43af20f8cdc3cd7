import type { Socket } from 'socket.io-client'
import type { FromDriver, Question, ToDriver } from './driver-protocol.ts'
import { type Gathering, gather } from './gather.ts'
import { holdIdle } from './hold-idle.ts'
import { sendFor } from './send-for.ts'

/** The clients, in a process of their own, the same for every server. */
let gathering: Gathering | undefined

async function perform(wanted: ToDriver): Promise<FromDriver> {
  if (wanted.ask === 'gather') {
    gathering = await gather(wanted.party)
    return { answer: 'done' }
  }
  if (wanted.ask === 'idle') {
    await holdIdle(wanted)
    return { answer: 'done' }
  }
  if (!gathering) throw new Error('Nobody is connected yet.')
  if (wanted.ask === 'send') return { answer: 'sent', sent: await sendFor(gathering, wanted) }
  const [member] = gathering.members
  if (!member) throw new Error('No member is connected.')
  const ms: number[] = []
  const emptyMs: number[] = []
  for (let time = 0; time < wanted.times; time += 1) {
    emptyMs.push(await timed(member, empty))
    ms.push(await timed(member, wanted.question))
  }
  return { answer: 'timed', ms, emptyMs }
}

/** Asks nothing of the database: what it takes is the way there and back. */
const empty: Question = [
  { name: 'unfollowConversation', wish: { conversationId: 'cnv_nobody_has_this_one' } },
]

async function timed(member: Socket, question: Question): Promise<number> {
  const startedAt = performance.now()
  for (const { name, wish } of question) {
    const outcome = await member.emitWithAck(name, wish)
    if (!outcome.ok) throw new Error(`${name} was refused: ${JSON.stringify(outcome.refusal)}`)
  }
  return performance.now() - startedAt
}

process.on('message', (wanted: ToDriver) => {
  perform(wanted)
    .catch((error: unknown): FromDriver => ({ answer: 'failed', reason: String(error) }))
    .then((answer) => process.send?.(answer))
})
process.once('disconnect', () => process.exit(0))
process.send?.({ answer: 'done' } satisfies FromDriver)
