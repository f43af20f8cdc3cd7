import type { Letter } from './mailer.ts'
import { linesOf, oneLine } from './plain.ts'
import { writeHtml } from './write-html.ts'
import { writeText } from './write-text.ts'

/** A letter that is about no conversation: a sentence, what somebody wrote, and where to go. Pure. */
export function plainLetter(given: {
  title: string
  intro: string
  words: string
  link: { label: string; url: string }
  siteName: string
  /** Why this address gets it. */
  footer: string
}): Letter {
  const site = oneLine(given.siteName)
  const title = oneLine(given.title)
  const page = {
    title,
    intro: oneLine(given.intro),
    paragraphs:
      given.words.trim() === ''
        ? []
        : [
            {
              kind: 'message' as const,
              time: '',
              name: site,
              isOwn: false,
              lines: linesOf(given.words),
              files: [],
            },
          ],
    link: given.link,
    footer: [oneLine(given.footer), 'Nobody reads replies to this mail.'],
  }
  return { subject: title, text: writeText(page), html: writeHtml(page) }
}
