import type { MemberRole } from '@parley/shared/people.ts'

/** Who has the board; the server decides what they may do there. */
export function mayModerate(role: MemberRole | undefined): boolean {
  return role === 'moderator' || role === 'admin'
}
