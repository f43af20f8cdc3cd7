import { type Action, type PolicyRole, policy, vendorRoleOf } from '@parley/shared/policy/policy.ts'
import { me } from '../../session.ts'

/** The server decides; this only spares showing what it would refuse. */
export function may(action: Action): boolean {
  const who = me.value
  const role = who?.role === 'vendor' ? vendorRoleOf(who.vendorState ?? undefined) : who?.role
  const line: Partial<Record<PolicyRole, string>> = policy[action]
  return role !== undefined && line[role] !== undefined
}
