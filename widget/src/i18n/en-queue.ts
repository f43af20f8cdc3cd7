/** English, the words of the line. */
export const enQueue = {
  leaveLine: 'Leave the line',
  next: 'You are next in line',
  place: 'You are {0} in line',
  placeFar: '{0} people are ahead of you',
  ordinals: 'first,second,third,fourth,fifth,sixth,seventh,eighth,ninth,tenth',
  waitRange: 'About {0} to {1} minutes',
  waitOne: 'About {0}',
  waitUnknown: 'We cannot tell the wait yet',
  waitLonger: 'Longer than we said: now {0} to {1} minutes',
  basedOn: 'From the last {0} chat. Updated at {1}.|From the last {0} chats. Updated at {1}.',
  keepPlace: 'You can close this window and keep your place.',
  leaveInstead: 'Leave a message',
}

export type QueueWords = typeof enQueue
