import { calendarFor } from './calendar.ts'
import {
  type MailedConversation,
  type MessageEvent,
  pageOf,
  type WayToCustomer,
} from './mailed-conversation.ts'
import type { Letter } from './mailer.ts'
import { paragraphsOf } from './paragraphs.ts'
import { oneLine } from './plain.ts'
import { writeHtml } from './write-html.ts'
import { writeText } from './write-text.ts'

/** What was answered while the customer was away, and the way back to the page. Pure. */
export function writeAnswer(
  conversation: MailedConversation,
  unread: readonly MessageEvent[],
  way: WayToCustomer,
): Letter {
  const calendar = calendarFor(conversation.locale, conversation.timeZone)
  const site = oneLine(conversation.siteName)
  const title = `You have an answer from ${site}`
  const url = pageOf(conversation, way)
  const page = {
    title,
    intro: `While you were away somebody wrote to you in the chat. Times are in ${calendar.timeZone}.`,
    paragraphs: paragraphsOf(unread.slice(-mostMessages), conversation, calendar),
    link: url === undefined ? undefined : { label: 'Open the chat to reply', url },
    footer: [
      `You get this because you gave your address to ${site} and had not read the answer in the chat.`,
      'Nobody reads replies to this mail.',
    ],
  }
  return { subject: title, text: writeText(page), html: writeHtml(page) }
}

const mostMessages = 20
