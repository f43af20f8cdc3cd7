import { createHmac } from 'node:crypto'
import type { Parts } from '../../app/parts.ts'
import { createInvitation, tokenHash } from '../../identity/index.ts'
import { byMail, calendarFor, createMailer, isOver, plainLetter } from '../../notify/index.ts'
import { loadSite } from '../../sites/index.ts'
import type { Sql } from '../../storage/database.ts'
import type { Timer } from '../../storage/timers.ts'
import { setLink } from '../review/application-store.ts'
import { peopleToTell, recipientOf } from './letters-store.ts'
import { type Matter, type NoticeAct, wordsFor } from './words.ts'

const vendorLetter = 'vendorLetter'

interface Letter {
  siteId: string
  vendorId: string
  matter: Matter
  /** What somebody wrote to them. */
  words: string
  /** Whose it is; without one, that of whoever applied. */
  memberId?: string
}
type Job = Letter & { mailId: string }

export function canMail(parts: Pick<Parts, 'config'>): boolean {
  return parts.config.smtpUrl !== undefined
}

/** Part of the transaction it tells about. What opens something is made when it is sent: no secret waits in the row. */
export async function planLetter(parts: Parts, sql: Sql, letter: Letter): Promise<void> {
  if (!canMail(parts)) return
  const mailId = parts.random.id('mail')
  await parts.timers.set(sql, vendorLetter, mailId, parts.clock.now(), { mailId, ...letter })
}

/** One letter for each of the vendor's people, so that a try that fails for one is not sent again to the others. */
export async function planNotice(
  parts: Parts,
  sql: Sql,
  given: { siteId: string; vendorId: string; act: NoticeAct; words: string; untilAt?: Date | null },
): Promise<void> {
  if (!canMail(parts)) return
  const { siteId, vendorId, act, words } = given
  const matter: Matter = { kind: 'notice', act, untilAt: given.untilAt?.toISOString() ?? null }
  const memberIds = await peopleToTell(sql, siteId, vendorId)
  for (const memberId of memberIds)
    await planLetter(parts, sql, { siteId, vendorId, matter, words, memberId })
  if (memberIds.length === 0) await planLetter(parts, sql, { siteId, vendorId, matter, words })
}

export function startLetters(parts: Parts): { close(): void } {
  const mailer = createMailer(parts.config)
  if (mailer === null) return { close() {} }
  const send = async ({ payload, tries }: Timer) => {
    const job = payload as Job
    const to = await recipientOf(parts.database, job.siteId, job.vendorId, job.memberId)
    if (!to) return
    const { branding, hours } = await loadSite(parts, job.siteId)
    const { day } = calendarFor(null, hours.timeZone)
    const names = { site: branding.name, vendor: to.vendor, day }
    const letter = plainLetter({
      ...wordsFor(job.matter, names),
      words: job.words,
      link: await linkFor(parts, job),
      siteName: branding.name,
      footer: `You get this because this address stands for ${to.vendor} at ${branding.name}.`,
    })
    try {
      await mailer.send({ to: to.email, mailId: job.mailId, ...letter })
    } catch (error) {
      if (!isOver(error, tries)) throw error
      parts.logger.warn(
        { err: error, vendor: job.vendorId },
        'A letter to a vendor was refused or never confirmed.',
      )
    }
  }
  parts.timers.on(vendorLetter, send, byMail)
  return { close: () => mailer.close() }
}

async function linkFor(parts: Parts, job: Job): Promise<{ label: string; url: string }> {
  const { siteId, vendorId, memberId, matter } = job
  const token = tokenOf(parts, job.mailId)
  if (matter.kind === 'admitted' && memberId !== undefined) {
    const url = await parts.database.transaction((sql) =>
      createInvitation(parts, sql, { siteId, memberId }, token),
    )
    return { label: 'Choose a password', url }
  }
  const page = `${parts.config.publicUrl}/console/vendors`
  if (matter.kind === 'trainingEnds') return { label: 'Take the training', url: page }
  if (matter.kind === 'notice') {
    const mayAppeal = matter.act === 'restrict' || matter.act === 'suspend'
    return { label: mayAppeal ? 'See why, and appeal' : 'Open your vendor page', url: page }
  }
  const url = await newApplicationLink(parts, parts.database, siteId, vendorId, token)
  return { label: 'Open your application', url }
}

/** The same at each try: a letter that arrives twice must not hold a link that its double has ended. */
function tokenOf({ config }: Pick<Parts, 'config'>, mailId: string): string {
  return createHmac('sha256', config.secretKey).update(`vendor letter ${mailId}`).digest('base64url')
}

/** An earlier link of the same application dies. The token stands in the fragment, which no server ever sees. */
export async function newApplicationLink(
  parts: Parts,
  sql: Sql,
  siteId: string,
  vendorId: string,
  token = parts.random.token(),
): Promise<string> {
  await setLink(sql, siteId, vendorId, tokenHash(token))
  return `${parts.config.publicUrl}/console/apply#application=${token}`
}
