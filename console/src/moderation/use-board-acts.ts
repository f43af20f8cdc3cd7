import { isRoom } from '@parley/shared/conversation/room.ts'
import type { BoardRow } from '@parley/shared/protocol/reading.ts'
import { Ban, Link2Off, X } from 'lucide'
import { type ConsoleCommand, useConsoleCommands } from '../acts/console-commands.ts'
import { holdActOf } from './hold-act.ts'
import type { ReasonWish } from './reason-dialog.tsx'
import { blockWish, endWish, unblockWish } from './reason-wishes.ts'
import { commandOf } from './use-moderation-commands.ts'
import { linksOfAllWish, vendorActsOf } from './vendor-wishes.ts'

/** What can be done from the board itself to the conversation that has, or had last, the focus there. */
export function useBoardActs(aimed: BoardRow | null, onWish: (wish: ReasonWish) => void): void {
  const ofAimed = aimed === null ? [] : commandsFor(aimed, onWish)
  useConsoleCommands('moderation-acts', [
    ...ofAimed,
    {
      group: 'Moderation',
      label: 'Links of all vendors, off or on…',
      icon: Link2Off,
      run: () =>
        void linksOfAllWish().then((wish) => {
          if (wish !== null) onWish(wish)
        }),
    },
  ])
}

function commandsFor(row: BoardRow, onWish: (wish: ReasonWish) => void): ConsoleCommand[] {
  const isInRoom = isRoom(row)
  const detail = isInRoom ? row.with.name : `${row.with.name} with ${row.customer.name}`
  const here = { group: 'This conversation', detail } as const
  const { isBlocked, isHolding, ofVendor } = row.need
  const hold = holdActOf(row, isHolding)
  const acts = vendorActsOf(row.conversationId, row.with, ofVendor)
  const block: ConsoleCommand = {
    ...here,
    label: isBlocked ? 'Unblock the customer…' : 'Block the customer…',
    icon: Ban,
    run: () => onWish(isBlocked ? unblockWish(row) : blockWish(row)),
  }
  return [
    ...(hold === null ? acts : [hold, ...acts]).map((act) => ({
      ...here,
      ...commandOf(act),
      run: () => onWish(act.wish),
    })),
    {
      ...here,
      label: 'End the conversation…',
      icon: X,
      shortcut: 'resolve',
      run: () => onWish(endWish(row)),
    },
    ...(isInRoom ? [] : [block]),
  ]
}
