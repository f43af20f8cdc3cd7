import { readFileSync } from 'node:fs'
import { defaultTermRules, judge } from '@parley/server/src/terms/index.ts'
import { text } from '@parley/shared/protocol/texts.ts'
import { z } from 'zod'
import type { LeftOut, Source, SourceConversation, Told, Turn } from './conversation.ts'
import { readMultidogo } from './read-multidogo.ts'

const abcd = z.array(
  z.object({
    convo_id: z.union([z.number(), z.string()]).transform(String),
    scenario: z.object({ subflow: z.string() }).partial().default({}),
    /** `action` lines are what the agent did, not what anybody wrote. */
    original: z.array(z.tuple([z.enum(['customer', 'agent', 'action']), z.string()])),
  }),
)
const own = z.object({
  conversations: z.array(
    z.object({
      id: z.string(),
      subject: z.string().default(''),
      turns: z.array(z.tuple([z.enum(['customer', 'agent']), z.string()])),
    }),
  ),
})

/** Conversations of a file in one of three formats; which one is told by how it begins. */
export function readConversations(path: string): Source {
  const content = readFileSync(path, 'utf8').replace(/^\uFEFF/, '')
  return prepare(tell(content, path))
}

function tell(content: string, path: string): Told[] {
  try {
    switch (content.trimStart()[0]) {
      case '[':
        return abcd.parse(JSON.parse(content)).map((chat) => ({
          id: chat.convo_id,
          subject: (chat.scenario.subflow ?? 'a question').replaceAll('_', ' '),
          turns: chat.original.flatMap(([by, said]) => (by === 'action' ? [] : [{ by, text: said }])),
        }))
      case '{':
        return own.parse(JSON.parse(content)).conversations.map(({ turns, ...chat }) => ({
          ...chat,
          turns: turns.map(([by, said]) => ({ by, text: said })),
        }))
      default:
        return readMultidogo(content)
    }
  } catch (error) {
    const why = error instanceof z.ZodError ? z.prettifyError(error).slice(0, 400) : (error as Error).message
    throw new Error(
      `${path} is not a file of conversations. It may be MultiDoGO (tab-separated), ABCD (a JSON array) or ` +
        `{ "conversations": [{ "id", "subject", "turns": [["customer" | "agent", text]] }] }. ${why}`,
    )
  }
}

/** Weighs every turn as the server's door does, and fills in what a customer-only source leaves open. */
export function prepare(told: readonly Told[]): Source {
  const leftOut: LeftOut[] = []
  const conversations = told.flatMap((chat): SourceConversation[] => {
    const turns = chat.turns.flatMap((turn, index): Turn[] => {
      const weighed = text.safeParse(turn.text)
      if (weighed.success) return [{ by: turn.by, text: withinTerms(turn, weighed.data) }]
      const reason = weighed.error.issues[0]?.message ?? 'text'
      leftOut.push({ conversationId: chat.id, turn: index, reason })
      return []
    })
    const isTwoSided = turns.some((turn) => turn.by === 'agent')
    if (turns.length === 0) return []
    return [{ id: chat.id, isTwoSided, turns: isTwoSided ? opened(turns, chat.subject) : echoed(turns) }]
  })
  return { conversations, leftOut }
}

/** A chat begins with what the customer wrote in the form. */
function opened(turns: readonly Turn[], subject: string): Turn[] {
  const isOpen = turns[0]?.by === 'customer'
  return isOpen ? [...turns] : [{ by: 'customer', text: subject.trim() || 'Hello' }, ...turns]
}

function echoed(turns: readonly Turn[]): Turn[] {
  return turns.flatMap((turn, index) => [turn, { by: 'agent', text: `Got it (${index + 1}).` }])
}

/** As the terms leave it between a buyer and a vendor, so that what is sent is found again word for word. */
function withinTerms({ by }: Pick<Turn, 'by'>, said: string): string {
  const direction = by === 'customer' ? 'buyerToVendor' : 'vendorToBuyer'
  return judge(said, { direction, vendorId: null }, { version: 0, rules: defaultTermRules }).text
}
