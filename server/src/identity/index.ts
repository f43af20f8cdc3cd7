export { onRevoked, type Revocation } from './revocations.ts'
export {
  type Recognised,
  recogniseVisitor,
  type VisitorHello,
  visitorByToken,
} from './visitors/recognise-visitor.ts'
