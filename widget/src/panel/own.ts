import type { Author, Party } from '@parley/shared/people.ts'
import type { Counterpart } from '@parley/shared/protocol/events.ts'

/** As the last welcome said. */
export const reader = { id: '' }

/** Said by this person; in a room others are buyers too. */
export const isOwn = ({ side, isInRoom, id }: Author): boolean =>
  side === 'customer' && (!isInRoom || id === reader.id)

/** How whom one talks to is shown; here no room but one of buyers is ever seen. */
export const partyOf = (kind: Counterpart['kind'] = 'support'): Party =>
  kind === 'support' || kind === 'vendor' ? kind : 'buyer'
