export { keepMentions } from './keep-mentions.ts'
export { mentionedIn, type Told, toldOf } from './mentioned-in.ts'
export { type OpenMention, openMentionsIn, readMentions } from './store.ts'
