import type { CommandInput } from '@parley/shared/protocol/commands.ts'
import type { NewEvent } from '@parley/shared/protocol/events.ts'
import { Refused } from '../app/refused.ts'
import type { Held } from '../conversations/index.ts'
import { roomStarted } from './room-started.ts'

type Asked = CommandInput<'openBuyerRoom'>
interface Member {
  id: string
  name: string
}

/** Each of them is somebody whose identity the marketplace has signed here, and none is named twice. */
export function checkBuyers({ members }: Asked, contactIds: ReadonlyMap<string, string>): Member[] {
  const checked = members.map(({ sub, name }, at) => {
    const id = contactIds.get(sub)
    if (id === undefined) throw new Refused('invalid', 'room.buyerUnknown', { field: `members.${at}.sub` })
    return { id, name }
  })
  if (new Set(checked.map(({ id }) => id)).size < checked.length)
    throw new Refused('invalid', 'room.buyerTwice', { field: 'members' })
  return checked
}

/** Pure: once begun, it stays as it is. */
export function buyerRoomEvents(
  held: Held | null,
  conversationId: string,
  name: string,
  members: Member[],
): NewEvent[] {
  return held ? [] : [roomStarted(conversationId, { kind: 'buyers', name, members })]
}
