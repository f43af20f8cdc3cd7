import { enConversation } from '../i18n/en-conversation.ts'
import { addWords } from '../i18n/words.ts'
import style from '../theme/conversation.css?inline'
import { wear } from '../theme/wear.ts'
import { connection } from './connect.ts'
import './tell-events.ts'
import { wake } from './starting.ts'

addWords(enConversation)
wear(style)
void wake()

export function identify(): void {
  connection.reconnect()
}

export { refresh } from './inbox.ts'
export { obey } from './obey.ts'
export { TakeAlong } from './parts/take-along.tsx'
export { Chat } from './screens/chat.tsx'
export { Past } from './screens/past.tsx'
export { wake }
