import type { Actor, MemberActor } from '@parley/shared/people.ts'
import { Refused } from './refused.ts'

/** For commands that only members are permitted: the policy has spoken, this tells the compiler. */
export function askingMember(actor: Actor): MemberActor {
  if (actor.kind !== 'member') throw new Refused('notAllowed')
  return actor
}
