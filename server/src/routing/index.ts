import type { Verbs } from '../conversations/index.ts'
import { acceptOffer, declineOffer, takeConversation } from './take-conversation.ts'
import { transferConversation } from './transfer-conversation.ts'

export { describePlace, placesIn } from './place.ts'
export { createRouter, type Router, timersOf } from './router.ts'

export const routingVerbs: Verbs = { takeConversation, acceptOffer, declineOffer, transferConversation }
