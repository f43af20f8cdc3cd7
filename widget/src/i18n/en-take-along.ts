/** English, the words about chats of before a sign-in. */
export const enTakeAlong = {
  takeAlong: 'Take your earlier chat along?|Take your {0} earlier chats along?',
  takeAlongWhy: 'You wrote from this browser before you signed in.',
  take: 'Take along',
}

export type TakeAlongWords = typeof enTakeAlong
