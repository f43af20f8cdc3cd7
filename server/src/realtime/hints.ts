import { type Actor, readerKindOf } from '@parley/shared/people.ts'
import { z } from 'zod'
import { authorAmong, isFollowing } from './following.ts'
import { rooms } from './rooms.ts'
import type { ParleySocket } from './socket-types.ts'
import type { ViewingLists } from './viewing.ts'

/** Hints a connection may send in one window; more are dropped without a word. */
const mostHints = 20
const windowMs = 5_000

const conversationId = z.string().max(80)
/** What is typed is shown as it grows; past this its end is enough. */
const typing = z.strictObject({
  conversationId,
  isTyping: z.boolean(),
  text: z.string().max(5_000).optional(),
})
const viewing = z.strictObject({ conversationId, mode: z.enum(['viewing', 'replying', 'noting', 'left']) })

export interface Hints {
  receive(socket: ParleySocket, name: string, hint: unknown): void
}

/** Typing and viewing: never stored, only between people who follow the conversation, and never about silent watchers. */
export function createHints(
  viewingLists: ViewingLists,
  is: {
    answering(conversationId: string, memberId: string): boolean
    /** Watches unseen: nothing of it is heard. */
    silent(socket: ParleySocket, conversationId: string): boolean
    /** May moderators see what is being typed here? Then everybody in it has been told. */
    previewed(actor: Actor, conversationId: string): Promise<boolean>
  },
): Hints {
  const spent = new WeakMap<ParleySocket, { count: number; until: number }>()

  function isFlooding(socket: ParleySocket): boolean {
    const now = performance.now()
    const window = spent.get(socket)
    if (!window || window.until < now) {
      spent.set(socket, { count: 1, until: now + windowMs })
      return false
    }
    window.count += 1
    return window.count > mostHints
  }

  function tellTyping(socket: ParleySocket, hint: z.output<typeof typing>): void {
    const { actor } = socket.data
    const { text, ...plain } = hint
    const reader = readerKindOf(actor)
    // Staff who only look on stay unseen by the other sides.
    const isSilent =
      actor.kind === 'member' && reader === 'staff' && !is.answering(hint.conversationId, actor.memberId)
    const audience = isSilent ? (['staff'] as const) : (['customer', 'vendor', 'staff'] as const)
    const to = audience.map((kind) => rooms.conversation(hint.conversationId, kind))
    const who = authorAmong(socket, hint.conversationId)
    const watchers = rooms.watchers(hint.conversationId)
    if (text === undefined || reader === 'staff') {
      socket.to(to).volatile.emit('hint:typing', { ...plain, who })
      return
    }
    socket
      .to(to)
      .except(watchers)
      .volatile.emit('hint:typing', { ...plain, who })
    void is.previewed(actor, hint.conversationId).then(
      (isShown) =>
        socket.to(watchers).volatile.emit('hint:typing', { ...plain, who, ...(isShown && { text }) }),
      () => {},
    )
  }

  return {
    receive(socket, name, hint) {
      if (isFlooding(socket)) return
      const shape = name === 'hint:typing' ? typing : name === 'hint:viewing' ? viewing : undefined
      const parsed = shape?.safeParse(hint)
      if (!parsed?.success || !isFollowing(socket, parsed.data.conversationId)) return
      if (is.silent(socket, parsed.data.conversationId)) return
      if ('isTyping' in parsed.data) tellTyping(socket, parsed.data)
      else viewingLists.tell(socket, parsed.data)
    },
  }
}
