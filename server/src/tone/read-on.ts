import { toneNeedOf } from '@parley/shared/conversation/need.ts'
import { content, type Dissatisfaction, evolveDissatisfaction, wordsSaid } from './dissatisfaction.ts'
import type { KeptDissatisfaction, ReadConversation, ReadMessage, SaidRow, Unread } from './store.ts'
import type { ToneProvider } from './tone.ts'
import { toneWithin } from './tone-within.ts'

/** A model elsewhere is asked about this many messages at once; between them sockets get their turn. */
const atOnce = 8

/** The rest of one conversation, message by message in the order of its log. */
export async function readOn(
  provider: ToneProvider,
  { conversationId, siteId, head, state }: Unread,
  rows: readonly SaidRow[],
  saidBefore: readonly string[],
): Promise<ReadConversation> {
  const messages = await judged(provider, rows)
  const bySeq = new Map(messages.map((message) => [message.seq, message]))
  let now: Dissatisfaction = { ...content, ...state, recent: saidBefore.map(wordsSaid) }
  for (const { seq, side, at, text } of rows) {
    const tone = bySeq.get(seq)?.tone
    if (side === 'customer' && tone)
      now = evolveDissatisfaction(now, { by: 'customer', at: at.toISOString(), text, tone })
    else if (side === 'vendor' || side === 'staff')
      now = evolveDissatisfaction(now, { by: 'answering', at: at.toISOString() })
  }
  return { conversationId, siteId, head, need: toneNeedOf(now.estimate), state: withoutWords(now), messages }
}

async function judged(provider: ToneProvider, rows: readonly SaidRow[]): Promise<ReadMessage[]> {
  const messages: ReadMessage[] = []
  for (let from = 0; from < rows.length; from += atOnce) {
    if (from > 0) await new Promise<void>((next) => setImmediate(next))
    const some = rows.slice(from, from + atOnce)
    messages.push(...(await Promise.all(some.map((row) => judgedOne(provider, row)))).flat())
  }
  return messages
}

/** Files without a word have no tone. */
async function judgedOne(
  provider: ToneProvider,
  { side, seq, text, message_id: messageId }: SaidRow,
): Promise<ReadMessage[]> {
  if (side === 'system' || text === '') return []
  return [{ messageId, seq, side, ...(await toneWithin(provider, text)) }]
}

function withoutWords({ recent: _, ...kept }: Dissatisfaction): KeptDissatisfaction {
  return kept
}
