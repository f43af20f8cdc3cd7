export { describeChoices } from './choices.ts'
export { moveConversations } from './move-conversations.ts'
export { beginningEvents, prepareBeginning } from './start-conversation.ts'
export { presentIn, queueOfVendor, rememberName, supportQueues } from './store.ts'
