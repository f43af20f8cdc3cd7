export { refreshActor } from './refresh-actor.ts'
export { onRevoked, type Revocation } from './revocations.ts'
export { memberBySession, recogniseMember } from './sessions/session.ts'
export {
  endVisit,
  type Recognised,
  recogniseVisitor,
  type VisitorHello,
  visitorByToken,
} from './visitors/recognise-visitor.ts'
