import type { Conversation } from '@parley/shared/conversation/conversation.ts'
import { isRoom } from '@parley/shared/conversation/room.ts'
import { firstName } from '../inbox/row-words.ts'
import { moderate } from './acts.ts'
import type { ReasonWish } from './reason-dialog.tsx'

type About = Pick<Conversation, 'conversationId' | 'customer' | 'with' | 'moderation'>

export function joinWish({ conversationId, customer, with: vendor }: About): ReasonWish {
  return {
    title: 'Join the conversation',
    effect: isRoom({ with: vendor })
      ? 'Everybody in the room sees a line that you joined, labelled Moderator. They go on writing.'
      : `${firstName(customer.name)} and ${vendor.name} see a line that you joined, labelled Moderator. ${vendor.name} goes on answering.`,
    button: 'Join',
    run: ({ reason, requestId }) => moderate('joinConversation', { conversationId, reason }, requestId),
  }
}

export function leaveWish({ conversationId, customer, with: vendor }: About): ReasonWish {
  return {
    title: 'Step down',
    effect: isRoom({ with: vendor })
      ? 'Everybody in the room sees a line that you left. You go on watching, unseen.'
      : `${firstName(customer.name)} and ${vendor.name} see a line that you left. You go on watching, unseen.`,
    button: 'Step down',
    run: ({ reason, requestId }) => moderate('leaveConversation', { conversationId, reason }, requestId),
  }
}

export function takeOverWish({ conversationId, with: vendor, moderation }: About): ReasonWish {
  const from = moderation.moderator?.memberId ?? null
  return {
    title: `Take over from ${moderation.moderator?.name ?? vendor.name}`,
    effect: isRoom({ with: vendor })
      ? 'From now on nobody in the room can write but you, also what is being sent this moment. They all see a line.'
      : `From now on you answer and ${vendor.name} cannot write here, also what is being sent this moment. Both sides see a line.`,
    button: 'Take over',
    isDangerous: true,
    run: ({ reason, requestId }) =>
      moderate('takeOverConversation', { conversationId, reason, from }, requestId),
  }
}

export function handBackWish({ conversationId, with: vendor, moderation }: About): ReasonWish {
  return {
    title: 'Hand back',
    effect: isRoom({ with: vendor })
      ? 'Everybody in the room can write again from now on. They all see a line.'
      : `${moderation.from?.name ?? vendor.name} answers again from now on. Both sides see a line.`,
    button: 'Hand back',
    run: ({ reason, requestId }) => moderate('handBackConversation', { conversationId, reason }, requestId),
  }
}

export function endWish({ conversationId, customer, with: vendor }: Omit<About, 'moderation'>): ReasonWish {
  return {
    title: 'End the conversation',
    effect: isRoom({ with: vendor })
      ? 'It is closed for everybody in the room. Only a moderator can open it again.'
      : `It is closed for ${firstName(customer.name)} and ${vendor.name}. ${firstName(customer.name)} can open it again by writing.`,
    button: 'End',
    isDangerous: true,
    run: ({ reason, requestId }) => moderate('closeConversation', { conversationId, reason }, requestId),
  }
}

export function releaseWish(
  { conversationId, customer, with: counterpart }: About,
  messageId: string,
): ReasonWish {
  return {
    title: 'Release the message',
    effect: isRoom({ with: counterpart })
      ? 'It is sent now, as its author wrote it, and everybody in the room sees it.'
      : `It is sent now, as its author wrote it. ${firstName(customer.name)} does not see that it was held.`,
    button: 'Release',
    run: ({ reason, requestId }) =>
      moderate('releaseMessage', { conversationId, messageId, reason }, requestId),
  }
}

export function rejectWish({ conversationId }: About, messageId: string): ReasonWish {
  return {
    title: 'Return the message',
    effect: 'The other side never sees it. Its sender is told so, in your words.',
    button: 'Return',
    isDangerous: true,
    words: {
      label: 'What the sender is told',
      help: 'Kind and exact: what to change so that it can be sent.',
      start: 'Please keep contact details and payments inside the marketplace.',
    },
    run: ({ reason, words, requestId }) =>
      moderate('rejectMessage', { conversationId, messageId, reason, words }, requestId),
  }
}

export function redactWish({ conversationId }: About, messageId: string): ReasonWish {
  return {
    title: 'Redact the message',
    effect: 'Its text and files are removed for good, for everybody. That there was a message stays.',
    button: 'Redact',
    isDangerous: true,
    run: ({ reason, requestId }) =>
      moderate('redactMessage', { conversationId, messageId, reason }, requestId),
  }
}

export function restoreWish({ conversationId }: About, messageId: string): ReasonWish {
  return {
    title: 'Restore the original',
    effect: 'Both sides see what was masked. Card numbers are never kept and cannot come back.',
    button: 'Restore',
    run: ({ reason, requestId }) =>
      moderate('restoreMessage', { conversationId, messageId, reason }, requestId),
  }
}

export function blockWish({ conversationId, customer }: About): ReasonWish {
  return {
    title: `Block ${customer.name}`,
    effect: `${firstName(customer.name)} can read but no longer write, in any conversation, until it is lifted.`,
    button: 'Block',
    isDangerous: true,
    run: ({ reason, requestId }) => moderate('blockCustomer', { conversationId, reason }, requestId),
  }
}

export function unblockWish({ conversationId, customer }: About): ReasonWish {
  return {
    title: `Unblock ${customer.name}`,
    effect: `${firstName(customer.name)} can write again.`,
    button: 'Unblock',
    run: ({ reason, requestId }) => moderate('unblockCustomer', { conversationId, reason }, requestId),
  }
}

export function handWish({ conversationId }: Pick<About, 'conversationId'>): ReasonWish {
  return {
    title: 'Raise a hand',
    effect: 'Moderators see this conversation first. Neither the customer nor a vendor learns of it.',
    button: 'Raise hand',
    run: ({ reason, requestId }) => moderate('raiseHand', { conversationId, reason }, requestId),
  }
}

export function reportWish({ conversationId }: Pick<About, 'conversationId'>, siteName: string): ReasonWish {
  return {
    title: 'Report the conversation',
    effect: `${siteName}’s moderators look at it. The customer does not learn of it.`,
    button: 'Report',
    run: ({ reason, requestId }) =>
      moderate('reportConversation', { conversationId, messageId: null, reason }, requestId),
  }
}
