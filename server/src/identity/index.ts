export { looksLikeKey, recogniseKey } from './api-keys/recognise-key.ts'
export { identityCommands } from './commands.ts'
export { fieldSealOf } from './field-seal.ts'
export { sessionCookieOf } from './http/cookie.ts'
export { refuseForeign, requireSameOrigin } from './http/same-origin.ts'
export { createSessionRoutes } from './http/session-routes.ts'
export { sealKey } from './keys/identity-key.ts'
export { addInvited } from './members/invite-member.ts'
export { posesAsStaff } from './poses-as-staff.ts'
export { refreshActor, type StillThere } from './refresh-actor.ts'
export { reseal } from './reseal.ts'
export { announceRevoked, onRevoked, type Revocation } from './revocations.ts'
export { sealOf } from './seal.ts'
export type { SealedColumn } from './seal-store.ts'
export { firstAdminLink } from './sessions/first-admin.ts'
export { createInvitation } from './sessions/invitation.ts'
export { registerInvitationLetters } from './sessions/invitation-letter.ts'
export { hashPassword } from './sessions/password.ts'
export { memberBySession, recogniseMember } from './sessions/session.ts'
export { createSsoRoutes } from './sso/sso-routes.ts'
export { tokenHash } from './token-hash.ts'
export {
  endVisit,
  type Recognised,
  recogniseVisitor,
  type VisitorHello,
  visitorByToken,
} from './visitors/recognise-visitor.ts'
export { localeOf } from './visitors/store.ts'
