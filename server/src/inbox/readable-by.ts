import type { Actor } from '@parley/shared/people.ts'
import { permitsOn } from '@parley/shared/policy/policy.ts'
import { factsOf } from '../conversations/index.ts'
import type { Listed } from './store.ts'

/** The question to the database already asks for these alone; what leaves here is decided by the policy all the same. */
export function readableBy(actor: Actor, listed: readonly Listed[]): Listed[] {
  return listed.filter(({ held }) => permitsOn(actor, 'conversation.read', factsOf(held)))
}
