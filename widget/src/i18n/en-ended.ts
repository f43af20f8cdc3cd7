/** English, the words after the end. */
export const enEnded = {
  copy: 'Email me a copy',
  again: 'Write again',
  rateIt: 'How was this chat?',
  rateWith: 'How was this chat with {0}?',
  starWords: 'Bad,Poor,Fair,Good,Excellent',
  starName: '{0} of 5, {1}',
  anythingElse: 'Anything to add? (optional)',
  sendRating: 'Send rating',
}

export type EndedWords = typeof enEnded
