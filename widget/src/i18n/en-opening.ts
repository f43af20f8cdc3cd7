/** English, the words until a first message has gone out. */
export const enOpening = {
  open: 'Open chat',
  unreadIn: '{0} unread message|{0} unread messages',
  write: 'Write a message',
  send: 'Send',
  attach: 'Add a file',
  emoji: 'Emoji',
  menu: 'More',
  you: 'You',
  todayDay: 'Today',
  sending: 'Sending',
  waiting: 'Waiting for a connection',
  sent: 'Sent',
  emptyHint: 'Write your first message. {0} will read it here.',
  unstorable: 'The text holds a character that cannot be stored. Please remove it.',
  messageLong: 'This message is {0} characters. It can be up to {1}.',
  messages: 'Messages',
}

export type OpeningWords = typeof enOpening
