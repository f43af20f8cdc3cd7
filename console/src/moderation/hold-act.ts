import type { Conversation } from '@parley/shared/conversation/conversation.ts'
import { isRoom, isWatchedOver } from '@parley/shared/conversation/room.ts'
import { Hourglass, Play } from 'lucide'
import { firstName } from '../inbox/row-words.ts'
import { moderate } from './acts.ts'
import type { ReasonWish } from './reason-dialog.tsx'
import type { VendorAct } from './vendor-wishes.ts'

type About = Pick<Conversation, 'conversationId' | 'customer' | 'with' | 'status'>

/** Keeping back what is written here, or letting it through again; null where there is nobody to keep it from. */
export function holdActOf(about: About, isHolding: boolean): VendorAct | null {
  if (!isWatchedOver(about) || (about.status === 'closed' && !isHolding)) return null
  const whose = isRoom(about) ? 'everybody' : about.with.name
  return {
    label: isHolding ? `Let ${whose} write freely again…` : `Hold what ${whose} writes…`,
    icon: isHolding ? Play : Hourglass,
    shortcut: 'hold',
    wish: isHolding ? letThroughWish(about, whose) : holdWish(about, whose),
  }
}

function holdWish(about: About, whose: string): ReasonWish {
  const { conversationId, customer } = about
  return {
    title: `Hold what ${whose} writes`,
    effect: isRoom(about)
      ? 'From now on each message here waits until a moderator lets it go, also what is being sent this moment. Whoever wrote it is told that it waits.'
      : `From now on each message of ${whose} in this conversation waits until a moderator lets it go, also what is being sent this moment. ${whose} is told that it waits, ${firstName(customer.name)} is told nothing.`,
    button: 'Hold',
    run: ({ reason, requestId }) => moderate('startHolding', { conversationId, reason }, requestId),
  }
}

function letThroughWish({ conversationId }: About, whose: string): ReasonWish {
  return {
    title: `Let ${whose} write freely again`,
    effect: 'New messages follow the terms again. What waits already still waits for a moderator.',
    button: 'Stop holding',
    run: ({ reason, requestId }) => moderate('stopHolding', { conversationId, reason }, requestId),
  }
}
