import type { ConversationId, MessageId, SiteId } from '@parley/shared/ids.ts'
import type { Parts } from '../app/parts.ts'
import type { Sql } from '../storage/database.ts'
import { insertMail } from './store.ts'

export const mailTranscript = 'mailTranscript'
export const mailAnswer = 'mailAnswer'

/** How long a message may stay unread before it is mailed. */
const awayMs = 5 * 60_000

export interface MailJob {
  mailId: string
  siteId: SiteId
  conversationId: ConversationId
  contactId: string
  tries?: number
  /** How often it was handed over whole without an answer. */
  handOvers?: number
}

type Planned = Omit<MailJob, 'mailId' | 'tries' | 'handOvers'>

/** Mail servers think for minutes and are away for days. Two days of tries, the later ones a quarter of an hour apart. */
export const byMail = { isApart: true, mostTries: 200 }

/** Part of the transaction that records the request: asked for and due, or neither. Without mail it does nothing. */
export async function planTranscript(parts: Parts, sql: Sql, wish: Planned): Promise<void> {
  if (parts.config.smtpUrl === undefined) return
  const now = parts.clock.now()
  const job: MailJob = { mailId: parts.random.id('mail'), ...wish }
  await insertMail(sql, { ...job, kind: 'transcript' }, now)
  await parts.timers.set(sql, mailTranscript, job.mailId, now, job)
}

/** Part of the transaction of a member's message: mailed later if the customer has not read it by then. */
export async function planAnswer(
  parts: Parts,
  sql: Sql,
  wish: Planned & { messageId: MessageId },
): Promise<void> {
  if (parts.config.smtpUrl === undefined) return
  const { messageId, ...planned } = wish
  const job: MailJob = { mailId: `answer.${messageId}`, ...planned }
  const dueAt = new Date(parts.clock.now().getTime() + awayMs)
  await parts.timers.set(sql, mailAnswer, job.mailId, dueAt, job)
}
