import { expect } from 'vitest'
import { expectFoldToMatchStore } from './fold-matches-store.ts'
import type { Marlow } from './marlow.ts'
import { waitFor } from './wait-for.ts'

/** Two people who go on talking while somebody else misbehaves. */
export interface Neighbours {
  conversationId: string
  /** Each says something, and hears the other, on the connection they began with. */
  talk(): Promise<void>
  /** They have missed nothing, nobody else is in it, and neither connection was ever lost. */
  expectUndisturbed(): Promise<void>
}

export async function givenNeighbours(site: Marlow): Promise<Neighbours> {
  const [marta, priya] = [await site.buyer('marta'), await site.member('priya')]
  const { conversationId } = await marta.ask('startConversation', {
    requestId: 'neighbours-start',
    with: { kind: 'support' },
    answers: { topic: 'order', description: '0' },
  })
  await priya.ask('takeConversation', { requestId: 'neighbours-take', conversationId })
  const [hers, theirs] = [marta.open(conversationId), priya.open(conversationId)]
  await waitFor(() => hers.get().isComplete && theirs.get().isComplete)
  const states: string[] = []
  for (const { connection } of [marta, priya]) connection.on('state', (state) => states.push(state))
  const said = ['0']

  return {
    conversationId,
    async talk() {
      for (const feed of [hers, theirs]) {
        said.push(String(said.length))
        feed.send(said.at(-1) ?? '')
        await waitFor(() => [hers, theirs].every(({ get }) => get().events.length >= said.length + 2))
      }
    },
    async expectUndisturbed() {
      expect(states).toEqual([])
      await expectFoldToMatchStore(site, conversationId, [
        { reader: 'customer', feed: hers },
        { reader: 'staff', feed: theirs },
      ])
      const texts = hers
        .get()
        .events.flatMap((event) => (event.type === 'messageSent' ? [event.payload.text] : []))
      expect(texts).toEqual(said)
    },
  }
}
