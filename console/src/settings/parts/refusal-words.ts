import type { Refusal } from '@parley/shared/protocol/refusals.ts'
import { moment } from './moments.ts'

const reasons: Record<string, string> = {
  'text.empty': 'Write something here.',
  'text.tooLong': 'This is too long. Shorten it.',
  'text.unstorable': 'This holds a character that cannot be stored. Remove it, or paste as plain text.',
  'hours.time': 'Write times as 09:00, midnight at the end as 24:00.',
  'hours.order': 'Each opening must end after it starts, and none may overlap another.',
  'hours.timeZone': 'This time zone is not known. Example: Europe/Lisbon',
  'origin.shape': 'Write scheme and host only. Example: https://shop.example',
  'fallbackUrl.scheme': 'Start with https:// or mailto:',
  'shortcut.shape': 'Use small letters, digits and hyphens. Example: late-parcel',
  'shortcut.taken': 'Another reply has this shortcut. Choose another.',
  'id.shape': 'Use letters, digits and . _ : - only, without spaces.',
  'topic.queue': 'This queue no longer exists. Choose another.',
  'intake.choices': 'Write at least two choices, one on each line.',
  'intake.topic': 'It asks for a topic that no longer exists. Choose its topics again.',
  'queue.members': 'One of these people cannot answer this queue. Reload the page and choose again.',
  'queue.last': 'This is the only support queue. Add another before you remove it.',
  'queue.inUse': 'Conversations still wait or run in this queue. Close them or pass them on first.',
  'queue.ofVendor': 'A vendor’s queue goes with its vendor. Make the vendor not active instead.',
  'member.exists': 'This person belongs to the team already. If they were disabled, admit them again.',
  'member.lastAdmin': 'This is the last admin. Make somebody else an admin first.',
  'member.yourself': 'You cannot do this to yourself. Another admin can.',
  'member.elsewhere': 'They answer for another site too, with the same sign-in. They must change it there.',
  'member.vendorRole': 'Vendor members belong to one vendor, staff to none.',
  'trigger.selector': 'Write a plain selector, such as #register or [data-parley=return].',
  'trigger.event': 'Use letters, digits and . _ : - only, without spaces. Example: payment_declined',
  'trigger.stars': 'Use at most four *.',
  'trigger.range': 'Write from, to, or both.',
  'trigger.url': 'Start with https:// or with /',
  'trigger.openOnClick': 'The chat opens by itself only after a click. Show a teaser instead.',
  'trigger.changed': 'Somebody changed this meanwhile. Reload the page and try again.',
  'trigger.many': 'A site can have up to 60 triggers. Remove one first.',
  'triggerFile.yaml': 'This is no YAML that can be read. Check its indentation.',
  'triggerFile.shape': 'This file does not hold triggers as they are exported. Compare it with an export.',
  'vendor.externalId': 'Another vendor has this id already.',
  'vendor.state': 'It stands elsewhere by now. Reload the page to see where.',
  'vendor.topic': 'You have not passed the training for this topic, or it is closed to your shop.',
  'vendor.capacity': 'Your shop is restricted: answer what you have first.',
  'review.checklist': 'Tick everything on the checklist first.',
  'review.documents': 'A required document is missing or not accepted yet.',
  'review.secondPerson': 'You have approved already; someone else must decide.',
  'review.training': 'It has to pass the training first.',
  'review.noContact': 'Nobody of this vendor can be asked. Invite a member first.',
  'appeal.open': 'There is an appeal already. Wait for its answer.',
  'appeal.decided': 'This decision was appealed already.',
  'appeal.secondPerson': 'You decided before, so someone else must decide.',
  'document.over': 'This date has passed already.',
  'rules.limits': 'The hard limit must lie beyond the first.',
  'rules.twice': 'Two lines have the same name.',
  'training.noRight': 'Mark at least one choice as right.',
  'training.changed': 'The training was changed meanwhile. Close it, read it again and try once more.',
  'training.attempts': 'That is enough tries for today. Read it again and come back tomorrow.',
  'terms.changed': 'The terms were changed meanwhile. Reload the page and read them again.',
  'termRules.changed':
    'Somebody saved other rules meanwhile. Reload the page and look at them; what you changed is kept here.',
  'host.shape': 'Write a host, such as bad.example, or paste the address of a page.',
  'hosts.tooMany': 'The list can hold 1,000 hosts. Take some off first.',
  'keyPhrase.empty': 'A key phrase needs at least one letter or digit.',
  'category.unknown': 'One of the categories is not there any more. Choose again.',
  'applications.tooMany': 'This address has applied often enough for now. Try again tomorrow.',
  'applications.full': 'That is as much as an application takes. Write to the marketplace.',
  'file.type': 'Files of this kind are not accepted. Pictures and PDF are.',
  'file.tooLarge': 'The file is too large. Pictures may have 10 MB, other files 25 MB.',
  'file.unknown': 'A picture is no longer there. Choose it again.',
  'link.ended': 'This link is no longer good. Ask for a new one.',
  'identityKey.two': 'Two keys are live already. Revoke one first.',
  'apiKey.two': 'Two keys are live already. Revoke one first.',
  'identityKey.publicKey':
    'This is not an Ed25519 public key in PEM. Paste it whole, both dashed lines included.',
  'review.taken': 'Somebody else reviews this one already.',
  'review.notYours': 'This review is not yours to score any more. Reload to see where it stands.',
  'review.own': 'You answered in this conversation yourself: somebody else reviews it.',
  'review.ownDecision': 'You wrote this review: somebody else decides.',
  'review.unfinished': 'Give every criterion a mark first.',
  'review.notClosed': 'Only a conversation that has ended and was answered can be reviewed.',
  'review.notDisputable': 'This review cannot be disputed any more.',
  'review.notDisputed': 'This dispute has been decided already.',
  'review.reviewers': 'One of these people is not staff of this site any more. Choose again.',
  'rubric.twice': 'Two criteria have the same id.',
  'rubric.version': 'Somebody else has changed the rubric meanwhile. Reload the page.',
  'rollout.changed': 'Somebody else has changed this meanwhile. It is loaded again: look, then save.',
  'rollout.vendors': 'One of these vendors is not there any more. Choose again.',
  'retention.days': 'Write whole days, from 1 to 3650, or nothing.',
  'retention.auditDays': 'The audit log keeps its names for at least 365 days.',
  'person.unknown': 'This person is not there. Search again.',
  'person.erased': 'This person has been erased already.',
  'person.held': 'This person is under a legal hold. Release it first.',
  'person.heldAlready': 'This person is under a legal hold already. Search again to see why.',
  'person.notHeld': 'This person is not under a legal hold any more. Reload the page.',
  'person.roomHeld': 'They are in a room with somebody under a legal hold. Release that one first.',
  'person.roomGoes': 'A room of theirs is being erased with somebody else. Try again in a minute.',
  'vendor.members': 'People of this vendor sign in. Disable and erase them under Team first.',
  'member.active': 'Disable this person first: only who is switched off can be erased.',
  'webhook.tooMany': 'A site can have up to 20 webhooks. Remove one first.',
  'webhook.noEvents': 'Choose at least one event.',
  'webhook.unknown': 'This webhook is not there any more. Reload the page.',
  'delivery.unknown': 'This delivery is being sent at this moment, or is not kept any more.',
  'url.shape': 'Write a whole address. Example: https://shop.example/parley',
  'url.scheme': 'Start with https://',
  'url.credentials': 'Leave name and password out of the address; check our signature instead.',
  'url.private':
    'This address is not on the public internet. Whoever runs Parley can allow it: see OUTBOUND_ALLOW.',
  'rooms.off': 'Rooms are switched off here by now. Reload the page.',
  'room.ended': 'A moderator has ended this room.',
  'session.unknown': 'This sign-in has ended already.',
  'signIn.again': 'For this, sign out and sign in again first: it must be sure that it is you.',
}

/** What a named rule tells people; undefined for a rule that has no words of its own. */
export function reasonWords(reason: string, field = ''): string | undefined {
  if (reason === 'id.shape' && (field === 'queueId' || field === 'vendorId'))
    return 'Choose one from the list.'
  return reasons[reason]
}

/** One sentence for people: what happened, what to do. */
export function refusalWords(refusal: Refusal): string {
  if (refusal.reason === 'person.held' && refusal.since !== undefined)
    return `This person has been under a legal hold since ${moment(refusal.since)}. Release it first.`
  const own = refusal.reason === undefined ? undefined : reasonWords(refusal.reason, refusal.field)
  if (own !== undefined) return own
  switch (refusal.code) {
    case 'notAllowed':
      return 'Your role does not allow this. Ask an admin.'
    case 'notFound':
      return 'This no longer exists. Reload the page to see what is there now.'
    case 'invalid':
      return 'This cannot be saved as it is. Check what you wrote.'
    case 'conflict':
      return 'Somebody changed this meanwhile. Reload the page and try again.'
    case 'closed':
      return 'This is closed and can no longer be changed.'
    case 'rateLimited':
      return `Too many changes at once. Try again in ${waitWords(refusal.retryAfterMs)}.`
    case 'unavailable':
      return 'Parley cannot be reached. What you typed is kept here; try again in a moment.'
    case 'internal':
      return `Something went wrong on the server. Nothing was changed; try again${
        refusal.correlationId === undefined
          ? ''
          : `, or give your admin this number: ${refusal.correlationId}`
      }.`
  }
  return refusal.code satisfies never
}

/** “40 seconds”, “3 minutes”: rounded up, so that waiting that long is enough. */
export function waitWords(ms: number | undefined): string {
  if (ms === undefined) return 'a moment'
  const seconds = Math.max(1, Math.ceil(ms / 1000))
  if (seconds < 60) return seconds === 1 ? '1 second' : `${seconds} seconds`
  const minutes = Math.ceil(seconds / 60)
  return minutes === 1 ? '1 minute' : `${minutes} minutes`
}
