export { addressFor, hiddenAnswers } from './address-store.ts'
export { assignToSelf, publicMember } from './assignment.ts'
export { conversationVerbs } from './commands.ts'
export { closeAddress, type KeptAddress, openAddress } from './contact-address.ts'
export { bindSentFiles, claimFiles } from './files.ts'
export { factsOf, type Held, onlyFor, type StoredEvent, seenBy, toWire } from './held.ts'
export { type Committed, type Companion, createLog, type Log, type Written } from './log.ts'
export { mentionable } from './mentionable.ts'
export { conversationIdOf, messageIdIn, messageIdOf, roomIdOf } from './message-id.ts'
export { readConversation } from './read-conversation.ts'
export { type HeldRow, heldFrom } from './rows.ts'
export { answersAnew, fingerprintAnew, payloadAnew } from './seal-anew.ts'
export type { KeptAnswer } from './sealed-payload.ts'
export { sidesThatSee } from './seen-marks.ts'
export {
  eventsAfter,
  findHeld,
  findHeldFor,
  findMessage,
  heldOf,
  marksOf,
  moveMarks,
  type StoredMessage,
  staffOf,
} from './store.ts'
export { type AnyVerb, type Asked, type Verbs, verb } from './verb.ts'
