import type { Parts } from '../app/parts.ts'
import { createInvitation, tokenHash } from '../identity/index.ts'
import { createMailer, MailRefused, plainLetter } from '../notify/index.ts'
import { loadSite } from '../sites/index.ts'
import type { Sql } from '../storage/database.ts'
import { setLink } from './review/application-store.ts'
import { contactOf } from './store.ts'

const vendorLetter = 'vendorLetter'

export type LetterKind = 'received' | 'asked' | 'refused' | 'admitted' | 'notice'
interface Job {
  mailId: string
  siteId: string
  vendorId: string
  kind: LetterKind
  words: string
  memberId?: string
}

export function canMail(parts: Pick<Parts, 'config'>): boolean {
  return parts.config.smtpUrl !== undefined
}

/** Part of the transaction it tells about. What opens something is made when it is sent: no secret waits in the row. */
export async function planLetter(parts: Parts, sql: Sql, letter: Omit<Job, 'mailId'>): Promise<void> {
  if (!canMail(parts)) return
  const mailId = parts.random.id('mail')
  await parts.timers.set(sql, vendorLetter, mailId, parts.clock.now(), { mailId, ...letter })
}

export function startLetters(parts: Parts): { close(): void } {
  const mailer = createMailer(parts.config)
  if (mailer === null) return { close() {} }
  parts.timers.on(vendorLetter, async ({ payload }) => {
    const job = payload as Job
    const contact = await contactOf(parts.database, job.siteId, job.vendorId)
    if (!contact) return
    const { branding } = await loadSite(parts, job.siteId)
    const link = await linkFor(parts, job)
    const letter = plainLetter({ ...wordsFor(job, branding.name), link, siteName: branding.name })
    try {
      await mailer.send({ to: contact.email, mailId: job.mailId, ...letter })
    } catch (error) {
      if (!(error instanceof MailRefused)) throw error
      parts.logger.warn({ err: error, vendor: job.vendorId }, 'A letter to a vendor was refused.')
    }
  })
  return { close: () => mailer.close() }
}

async function linkFor(parts: Parts, job: Job): Promise<{ label: string; url: string }> {
  const { siteId, vendorId, memberId } = job
  if (memberId !== undefined) {
    const url = await parts.database.transaction((sql) => createInvitation(parts, sql, { siteId, memberId }))
    return { label: 'Choose a password', url }
  }
  if (job.kind === 'notice') {
    return { label: 'Open your vendor page', url: `${parts.config.publicUrl}/console/vendors` }
  }
  const url = await parts.database.transaction((sql) => newApplicationLink(parts, sql, siteId, vendorId))
  return { label: 'Open your application', url }
}

/** An earlier link of the same application dies. The token stands in the fragment, which no server ever sees. */
export async function newApplicationLink(
  parts: Parts,
  sql: Sql,
  siteId: string,
  vendorId: string,
): Promise<string> {
  const token = parts.random.token()
  await setLink(sql, siteId, vendorId, tokenHash(token))
  return `${parts.config.publicUrl}/console/apply#application=${token}`
}

function wordsFor({ kind, words }: Job, site: string): { title: string; intro: string; words: string } {
  switch (kind) {
    case 'received':
      return {
        title: `Your application to ${site}`,
        intro: 'Open it to see where it stands and to add documents. Opening it also confirms this address.',
        words,
      }
    case 'asked':
      return { title: `${site} has a question`, intro: 'Please answer in your application.', words }
    case 'refused':
      return {
        title: `Your application to ${site} was not accepted`,
        intro: 'This is the reason. You can change your application and send it again.',
        words,
      }
    case 'admitted':
      return {
        title: `${site} has accepted you`,
        intro: 'Choose a password to sign in. What is still to do stands on your vendor page.',
        words,
      }
    case 'notice':
      return {
        title: `A notice from ${site}`,
        intro: 'The conversations it is about stand on your vendor page, and what you can do.',
        words,
      }
  }
  return kind satisfies never
}
