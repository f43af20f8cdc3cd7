import type { Author } from '@parley/shared/people.ts'
import type { Me } from '@parley/shared/protocol/reading.ts'
import { memberParty } from '../parts/party.ts'

/** This member as an author, for messages that are still on their way. */
export function selfOf(me: Me): Author {
  return {
    side: me.role === 'vendor' ? 'vendor' : 'staff',
    party: memberParty(me.role),
    id: me.memberId,
    name: me.name,
    ...(me.vendorName === null ? {} : { of: me.vendorName }),
  }
}
