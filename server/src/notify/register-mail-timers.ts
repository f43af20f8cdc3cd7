import type { Parts } from '../app/parts.ts'
import type { Timer } from '../storage/timers.ts'
import { writeAnswer } from './answer-letter.ts'
import { takeTurn } from './caps.ts'
import {
  type MailedConversation,
  type MailReaders,
  unreadBy,
  type WayToCustomer,
  wayTo,
} from './mailed-conversation.ts'
import { isOver, type Letter, type Mailer, MailRefused, MailUnconfirmed } from './mailer.ts'
import { byMail, type MailJob, mailAnswer, mailTranscript } from './plan-mail.ts'
import {
  answeredTo,
  findMail,
  insertMail,
  isOlderOnItsWay,
  isOnItsWay,
  type MailRow,
  markDropped,
  markSent,
} from './store.ts'
import { writeTranscript } from './transcript.ts'

const minute = 60_000
const firstWaitMs = minute
const longestWaitMs = 60 * minute
/** A mail server that is away for two days is not waited for any longer. */
const staleMs = 48 * 60 * minute

interface Written {
  letter: Letter
  /** Head of what the letter carries, in the customer's stream. */
  position: number
}

type Write = (
  conversation: MailedConversation,
  way: WayToCustomer,
) => Promise<Written | 'read'> | Written | 'read'

/** Binds the two mail jobs to the timers. `planTranscript` and `planAnswer` set them. */
export function registerMailTimers(parts: Parts, readers: MailReaders, mailer: Mailer | null): void {
  if (mailer === null) return

  parts.timers.on(mailTranscript, sendTranscript, byMail)
  parts.timers.on(mailAnswer, sendAnswer, byMail)

  async function sendTranscript(timer: Timer): Promise<void> {
    const mail = await findMail(parts.database, jobOf(timer).mailId)
    if (mail) await deliver(timer, mail, writeWholeTranscript)
  }

  async function sendAnswer(timer: Timer): Promise<void> {
    const job = jobOf(timer)
    const mail = (await findMail(parts.database, job.mailId)) ?? (await begin(job))
    if (mail === undefined) return
    if (await isOlderOnItsWay(parts.database, mail)) return drop(mail, 'together')
    await deliver(timer, mail, writeUnread)
  }

  /** Most answers are read in time, and leave no row. */
  async function begin(job: MailJob): Promise<MailRow | undefined> {
    if (await isOnItsWay(parts.database, job.conversationId, 'answer')) return undefined
    const conversation = await readers.eventsFor(job.conversationId)
    if (conversation === undefined || wayTo(conversation) === undefined) return undefined
    const mailedTo = await answeredTo(parts.database, job.conversationId)
    if (unreadBy(conversation, mailedTo).length === 0) return undefined
    await insertMail(parts.database, { ...job, kind: 'answer' }, parts.clock.now())
    return findMail(parts.database, job.mailId)
  }

  async function writeUnread(
    conversation: MailedConversation,
    way: WayToCustomer,
  ): Promise<Written | 'read'> {
    const unread = unreadBy(conversation, await answeredTo(parts.database, conversation.conversationId))
    const newest = unread.at(-1)
    if (newest === undefined) return 'read'
    return { letter: writeAnswer(conversation, unread, way), position: newest.position }
  }

  async function deliver(timer: Timer, mail: MailRow, write: Write): Promise<void> {
    if (mail.isDone || mailer === null) return
    const job = jobOf(timer)
    const conversation = await readers.eventsFor(job.conversationId)
    if (conversation === undefined) return drop(mail, 'gone')
    const way = wayTo(conversation)
    if (way === undefined) return drop(mail, 'noAddress')
    const written = await write(conversation, way)
    if (written === 'read') return drop(mail, 'read')
    const turn = await takeTurn(parts, mail, way.address)
    if (!turn.go) return 'because' in turn ? drop(mail, turn.because) : again(timer, job, turn.at)
    try {
      await mailer.send({ to: way.address, mailId: mail.mailId, ...written.letter })
    } catch (error) {
      return handleFailure(timer, mail, written, error)
    }
    await markSent(parts.database, mail.mailId, written.position, parts.clock.now())
  }

  async function handleFailure(
    timer: Timer,
    mail: MailRow,
    { position }: Written,
    error: unknown,
  ): Promise<void> {
    const job = jobOf(timer)
    if (error instanceof MailRefused) return drop(mail, 'refused')
    const handOvers = (job.handOvers ?? 0) + (error instanceof MailUnconfirmed ? 1 : 0)
    if (isOver(error, handOvers)) {
      parts.logger.warn({ mailId: mail.mailId }, 'A letter was handed over twice and never confirmed.')
      return markSent(parts.database, mail.mailId, position, parts.clock.now())
    }
    const now = parts.clock.now().getTime()
    if (now - mail.createdAt.getTime() > staleMs) return drop(mail, 'undeliverable')
    const tries = (job.tries ?? 0) + 1
    const waitMs = Math.min(firstWaitMs * 2 ** (tries - 1), longestWaitMs)
    // The error's text may hold the address.
    parts.logger.warn(
      { mailId: mail.mailId, tries, code: codeOf(error) },
      'A letter could not be sent and will be tried again.',
    )
    return again(timer, { ...job, tries, handOvers }, new Date(now + waitMs))
  }

  function again(timer: Timer, job: MailJob, at: Date): Promise<void> {
    return parts.timers.set(parts.database, timer.kind, timer.key, at, job)
  }

  async function drop(mail: MailRow, because: string): Promise<void> {
    parts.logger.info({ mailId: mail.mailId, because }, 'A letter was not sent.')
    await markDropped(parts.database, mail.mailId, because, parts.clock.now())
  }
}

function writeWholeTranscript(conversation: MailedConversation): Written {
  return { letter: writeTranscript(conversation), position: conversation.events.at(-1)?.position ?? 0 }
}

function jobOf(timer: Timer): MailJob {
  return timer.payload as MailJob
}

function codeOf(error: unknown): string {
  return error instanceof Error && 'code' in error ? String(error.code) : 'unknown'
}
