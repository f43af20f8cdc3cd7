import { demoQueues } from '@parley/server/src/demo/seed.ts'
import { newRequestId } from '@parley/shared/client/request-id.ts'
import { signInAs } from '../rig/person.ts'
import type { Scenario } from '../rig/stage.ts'
import { openOnEveryNode } from './screens.ts'

const writeEveryMs = 60
const goOnMs = 3_000

/** Who loses a conversation loses it by an event: what its buyer writes after that event is not for them, on any node. */
export const handedAway: Scenario = {
  id: 'F33t',
  title: 'conversations transferred away from a vendor with screens on all nodes, one node without Redis',
  async play(stage) {
    const { crew, cluster, recorder } = stage
    const mine = crew.talks.filter(({ answers }) => answers.name === 'nils')
    const ids = mine.map(({ conversationId }) => conversationId)
    const { nils, priya } = crew.members
    const screens = await openOnEveryNode(stage, 'nils', ids)
    // Whoever transfers is not on the node that cannot be told; buyers are on each.
    for (const [at, person] of [nils, ...mine.map(({ customer }) => customer)].entries()) {
      person.pin = cluster.nodes[at % cluster.nodes.length]?.port ?? null
      person.line.cut()
      await person.ask(person === nils ? 'countInbox' : 'describeChoices', {})
    }
    stage.load(30, { cuts: false, talks: crew.talks.filter(({ answers }) => answers !== nils) })
    let isOver = false
    const writing = mine.map(async ({ customer, conversationId }) => {
      for (let number = 0; !isOver; number += 1) {
        customer.say(conversationId, `${customer.name} goes on, ${number}.`)
        await stage.pause(writeEveryMs)
      }
    })
    const losers = [nils, ...screens]

    await stage.fault('conversations transferred away, one node without Redis', async () => {
      stage.lines.redis[2]?.hold('both')
      await stage.pause(goOnMs)
      for (const conversationId of ids) {
        await nils.ask('transferConversation', {
          requestId: newRequestId(),
          conversationId,
          to: { kind: 'queue', queueId: demoQueues.support },
          reason: 'For the marketplace',
        })
        for (const { name } of losers) recorder.disentitle(name, [conversationId])
      }
      await stage.pause(goOnMs)
      isOver = true
      await Promise.all(writing)
    })
    stage.lines.redis[2]?.release('lose')

    const later = await stage.store.query<{ text: string }>(
      `select e.payload->>'text' as text from events e
       where e.type = 'messageSent' and e.conversation_id = any($1::text[]) and e.seq > (
         select max(t.seq) from events t where t.conversation_id = e.conversation_id and t.type = 'transferred')`,
      [ids],
    )
    stage.must(later.length > ids.length, 'Hardly anything was written after the transfers.')
    const names = new Set(losers.map(({ name }) => name))
    const heard = recorder.history.frames.filter(({ client }) => names.has(client))
    const leaked = later.filter(({ text }) => heard.some((frame) => frame.text.includes(text)))
    stage.must(
      leaked.length === 0,
      `Of ${later.length} messages written after a transfer the vendor was told ${leaked.length}.`,
      leaked.slice(0, 3),
    )

    // Whoever lost them begins anew; support goes on with them.
    for (const person of losers) await crew.leave(person)
    stage.site.proofs.delete('nils')
    crew.members.nils = await crew.add(signInAs(crew.options, 'nils', 'nils-again'))
    for (const talk of mine) {
      const { conversationId, customer } = talk
      crew.entitle(customer, conversationId, null)
      await priya.ask('takeConversation', { requestId: newRequestId(), conversationId, from: null })
      priya.follow(conversationId)
      Object.assign(talk, { answers: priya, vendorId: null })
      customer.pin = null
    }
  },
}
