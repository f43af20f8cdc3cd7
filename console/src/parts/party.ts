import type { MemberRole, Party } from '@parley/shared/people.ts'
import { Headset, type IconNode, Shield, Store, UserRound, Zap } from 'lucide'

export const partyIcons: Record<Party, IconNode> = {
  buyer: UserRound,
  vendor: Store,
  support: Headset,
  moderator: Shield,
  system: Zap,
}

export const partyWords: Record<Party, string> = {
  buyer: 'Buyer',
  vendor: 'Vendor',
  support: 'Support',
  moderator: 'Moderator',
  system: 'Parley',
}

export const roleWords: Record<MemberRole, string> = {
  admin: 'Admin',
  moderator: 'Moderator',
  csr: 'Support',
  vendor: 'Vendor',
}

export function memberParty(role: MemberRole): Party {
  if (role === 'vendor') return 'vendor'
  return role === 'moderator' ? 'moderator' : 'support'
}
