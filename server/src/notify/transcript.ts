import { calendarFor } from './calendar.ts'
import type { MailedConversation } from './mailed-conversation.ts'
import type { Letter } from './mailer.ts'
import { type Paragraph, paragraphsOf } from './paragraphs.ts'
import { oneLine } from './plain.ts'
import { writeHtml } from './write-html.ts'
import { writeText } from './write-text.ts'

/** Mail servers refuse what is too long; the newest part is the one that is wanted. */
const mostParagraphs = 2_000
const mostCharacters = 400_000

/** The whole conversation as its customer saw it, in words and in HTML. Pure. */
export function writeTranscript(conversation: MailedConversation): Letter {
  const calendar = calendarFor(conversation.locale, conversation.timeZone)
  const site = oneLine(conversation.siteName)
  const all = paragraphsOf(conversation.events, conversation, calendar)
  const kept = newest(all)
  const title = `Your chat with ${site}`
  const page = {
    title,
    intro:
      kept.length < all.length
        ? `The newest part of a long conversation; the beginning is in the chat. Times are in ${calendar.timeZone}.`
        : `Times are in ${calendar.timeZone}.`,
    paragraphs: kept,
    link: undefined,
    footer: [
      `You get this because a copy was asked for in a chat on ${site}.`,
      'Nobody reads replies to this mail.',
    ],
  }
  return { subject: title, text: writeText(page), html: writeHtml(page) }
}

function newest(paragraphs: readonly Paragraph[]): Paragraph[] {
  let characters = 0
  let from = paragraphs.length
  while (from > 0 && paragraphs.length - from < mostParagraphs) {
    const paragraph = paragraphs[from - 1]
    characters += paragraph?.kind === 'message' ? paragraph.lines.join('\n').length : 50
    if (characters > mostCharacters) break
    from -= 1
  }
  return paragraphs.slice(from)
}
