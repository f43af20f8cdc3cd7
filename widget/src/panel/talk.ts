import { enTalk } from '../i18n/en-talk.ts'
import { addWords } from '../i18n/words.ts'
import style from '../theme/talk.css?inline'
import { wear } from '../theme/wear.ts'
import { addLines } from './parts/icon.tsx'

addWords(enTalk)
addLines({
  shield: 'm10 2.5 6 2.2v5c0 3.8-2.6 6.5-6 7.8-3.4-1.3-6-4-6-7.8v-5zM7.5 10l1.8 1.8 3.4-3.6',
  person: 'M10 10a3 3 0 1 0 0-6 3 3 0 0 0 0 6M4.5 16.5c.6-3 2.8-4.5 5.5-4.5s4.9 1.5 5.5 4.5',
  double: 'm2.5 10.5 3.5 3.5 6.5-7M9 13l1 1 7.5-8',
})
wear(style)

export { feedOf } from './follow.ts'
export { giveBack } from './give-back.ts'
export { Chats } from './parts/chats.tsx'
export { refusalText } from './refusal.ts'
export { Chat } from './screens/chat.tsx'
export { Past } from './screens/past.tsx'
