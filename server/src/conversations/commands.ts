import { addNote } from './add-note.ts'
import { closeConversation } from './close-conversation.ts'
import { rateConversation } from './rate-conversation.ts'
import { reopenConversation } from './reopen-conversation.ts'
import { sendMessage } from './send-message.ts'
import { snoozeConversation, unsnoozeConversation } from './snooze-conversation.ts'
import type { Verbs } from './verb.ts'

export const conversationVerbs: Verbs = {
  sendMessage,
  addNote,
  closeConversation,
  reopenConversation,
  rateConversation,
  snoozeConversation,
  unsnoozeConversation,
}
