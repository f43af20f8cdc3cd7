import type { MemberActor } from '@parley/shared/people.ts'
import { permitsOn } from '@parley/shared/policy/policy.ts'
import { factsOf, type Held } from './held.ts'

/** Of these, who may read a note here: calling anybody else would tell them of what is not theirs to see. */
export function mentionable(staff: readonly MemberActor[], held: Held): { memberId: string; name: string }[] {
  return staff
    .filter((member) => permitsOn(member, 'note.read', factsOf(held)))
    .map(({ memberId, name }) => ({ memberId, name }))
}
