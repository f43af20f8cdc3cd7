import { type Action, type PolicyRole, policy } from '@parley/shared/policy/policy.ts'
import { me } from '../../session.ts'

/** The server decides; this only spares showing what it would refuse. */
export function may(action: Action): boolean {
  const role = me.value?.role
  const line: Partial<Record<PolicyRole, string>> = policy[action]
  return role !== undefined && line[role] !== undefined
}
