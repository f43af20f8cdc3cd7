import type { Author, Party } from '@parley/shared/people.ts'
import type { Counterpart, RoomCounterpart } from '@parley/shared/protocol/events.ts'
import { say } from '../i18n/words.ts'

/** As the last welcome said. */
export const reader = { id: '' }

/** Said by this person; in a room others are buyers too. */
export const isOwn = ({ side, isInRoom, id }: Author): boolean =>
  side === 'customer' && (!isInRoom || id === reader.id)

/** How whom one talks to is shown; here no room but one of buyers is ever seen. */
export const partyOf = (kind: Counterpart['kind'] = 'support'): Party =>
  kind === 'support' || kind === 'vendor' ? kind : 'buyer'

/** Who else is in a room, by the names they have there. */
export const othersIn = ({ members }: RoomCounterpart): string =>
  members
    .filter(({ id }) => id !== reader.id)
    .map(({ name }) => name)
    .join(say('comma'))
