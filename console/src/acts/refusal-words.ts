import type { Refusal } from '@parley/shared/protocol/refusals.ts'
import { type RuledKind, standardSentences } from '@parley/shared/protocol/terms.ts'
import { counted } from '../times.ts'

const reasons: Record<string, string> = {
  takeFirst: 'Somebody else is answering. Take over before you reply.',
  offeredToAnother: 'This is being offered to somebody else. Wait a moment or take over.',
  assignedToAnother: 'Somebody else took it first. Take over from them if you should answer.',
  'offer.gone': 'The offer has gone on to somebody else.',
  reopenFirst: 'The conversation is closed. Reopen it first.',
  'snooze.time': 'Choose a time in the coming year.',
  'transfer.otherSide': 'You can pass it on only within your own side.',
  'vendor.topic': 'You have not passed the training for this topic, or it is closed to your shop.',
  'vendor.capacity': 'Your shop is restricted: answer what you have first.',
  'member.unknown': 'That person is no longer here. Choose somebody else.',
  'queue.unknown': 'That queue is no longer here. Choose another.',
  'text.tooLong': 'That is longer than 5,000 characters. Shorten it or send it in two parts.',
  'text.empty': 'There is nothing to send yet.',
  'text.unstorable': 'The text holds a character that cannot be stored. Remove it and try again.',
  'file.type': 'Files of this kind are not accepted. Pictures, PDF and plain text are.',
  'file.tooLarge': 'The file is too large. Pictures may have 10 MB, other files 25 MB.',
  'file.pixels': 'The picture has too many pixels. Make it smaller.',
  'file.empty': 'The file is empty.',
  'file.secret': 'The file looks like a key or a password store. It was not taken.',
  'file.blocked': 'The virus check refused the file.',
  'file.scanner': 'The virus check is not answering. Try again in a minute.',
  'file.quota': 'That is enough files for now. Try again later.',
  'file.unknown': 'A file is no longer there. Remove it and add it again.',
  takenOver: 'A moderator has taken over. What you wrote is kept here until it is handed back.',
  'moderation.joinFirst': 'You are watching. Join or take over to write here.',
  'moderation.vendorsOnly': 'This works only between a customer and a vendor.',
  'moderation.handBackFirst': 'You have taken over. Hand back first.',
  'moderation.notTakenOver': 'Nobody has taken this over. Look at the conversation again.',
  'moderation.noSides': 'A room has no vendor’s side to whisper to. Join to speak there.',
  'room.ended': 'A moderator has ended this room.',
  'held.gone': 'Somebody else has already decided on this message.',
  'held.full': 'Several of your messages are being checked. Wait until they are, then go on.',
  'flags.resolved': 'Somebody else has already resolved this.',
  'restore.nothing': 'There is no original to restore.',
  'redact.held': 'It was never shown to the other side. Return it instead.',
  'vendor.state': 'That cannot be done to this vendor as it stands now.',
  'linksOff.full': 'Links are off for as many vendors as can be listed. Turn them off for all.',
  'message.unknown': 'That message is no longer here.',
  'text.tooShort': 'Say why in a few words.',
  'contact.field': 'There is nothing more to show. Open the conversation again.',
  'contact.quota': 'You have had as many shown as a day has. Ask an admin, or try again tomorrow.',
  blocked: 'You can read here but no longer write.',
  offline: 'You are offline. Nothing was changed.',
}

function ofTerms(reason: string): string | undefined {
  return reason.startsWith('terms.') ? standardSentences[reason.slice(6) as RuledKind] : undefined
}

/** What happened and what to do, for people. */
export function refusalWords(refusal: Refusal): string {
  if (refusal.words !== undefined) return refusal.words
  const known =
    refusal.reason === undefined ? undefined : (reasons[refusal.reason] ?? ofTerms(refusal.reason))
  if (known !== undefined) return known
  if (refusal.who !== undefined && refusal.who !== '') {
    const how = refusal.reason === 'moderation.joined' ? 'has joined' : 'has taken over'
    return `${refusal.who} ${how}. Look at the conversation and decide again.`
  }
  switch (refusal.code) {
    case 'notAllowed':
      return 'You may not do this here. An admin can change your role or queues.'
    case 'notFound':
      return 'This is no longer here, or not yours to see.'
    case 'invalid':
      return 'Something in this is not right. Check it and try again.'
    case 'conflict':
      return 'Somebody was faster. Look at the conversation and decide again.'
    case 'closed':
      return 'The conversation is closed. Reopen it first.'
    case 'rateLimited': {
      const seconds = Math.ceil((refusal.retryAfterMs ?? 1_000) / 1_000)
      return `That was too quick. Try again in ${counted(seconds, 'second')}.`
    }
    case 'unavailable':
      return 'The server did not answer. Nothing was changed; try again.'
    case 'internal':
      return refusal.correlationId === undefined
        ? 'The server had a fault. Try again.'
        : `The server had a fault. Try again, or tell your admin this code: ${refusal.correlationId}.`
  }
  return refusal.code satisfies never
}
