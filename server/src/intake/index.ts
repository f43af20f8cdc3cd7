export { describeChoices } from './choices.ts'
export { moveConversations } from './move-conversations.ts'
export { beginningEvents, prepareBeginning } from './start-conversation.ts'
export { rememberName } from './store.ts'
