import type { MemberRole } from '@parley/shared/people.ts'

export const roleWords: Record<MemberRole, string> = {
  admin: 'Admin',
  moderator: 'Moderator',
  csr: 'Customer service',
  vendor: 'Vendor member',
}

export const roleEffects: Record<MemberRole, string> = {
  admin: 'Answers everywhere and changes every setting.',
  moderator: 'Sees and joins every conversation, and reads the audit log.',
  csr: 'Answers the conversations of their queues.',
  vendor: 'Answers only for one vendor: its products and its orders.',
}

export const roles: readonly MemberRole[] = ['admin', 'moderator', 'csr', 'vendor']
