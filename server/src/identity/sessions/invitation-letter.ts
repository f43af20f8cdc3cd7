import { createHmac } from 'node:crypto'
import type { Parts } from '../../app/parts.ts'
import { byMail, isOver, type Letter, type Mailer, plainLetter } from '../../notify/index.ts'
import type { Sql } from '../../storage/database.ts'
import type { Timer } from '../../storage/timers.ts'
import { type LinkedRow, linkedMember, lockMember } from '../members/store.ts'
import { tokenHash } from '../token-hash.ts'
import { createInvitation, type InvitationSubject, isRenewable } from './invitation.ts'
import * as links from './links-store.ts'

const invitationLetter = 'invitationLetter'

interface Job {
  mailId: string
}

/** Part of the transaction that invites. The link is what the letter holds, and who invites may pass it on as well. */
export async function mailInvitation(parts: Parts, sql: Sql, subject: InvitationSubject): Promise<string> {
  const job: Job = { mailId: parts.random.id('mail') }
  const url = await createInvitation(parts, sql, subject, tokenOf(parts, job.mailId))
  await parts.timers.set(sql, invitationLetter, job.mailId, parts.clock.now(), job)
  return url
}

export function registerInvitationLetters(parts: Parts, mailer: Mailer | null): void {
  if (mailer === null) return
  const send = async ({ payload, tries }: Timer) => {
    const { mailId } = payload as Job
    const ready = await readyToSend(parts, tokenOf(parts, mailId))
    if (!ready) return
    try {
      await mailer.send({ to: ready.member.email, mailId, ...letterTo(ready.member.site_name, ready.url) })
    } catch (error) {
      if (!isOver(error, tries)) throw error
      const memberId = ready.member.member_id
      parts.logger.warn({ err: error, memberId }, 'An invitation was refused or never confirmed.')
    }
  }
  parts.timers.on(invitationLetter, send, byMail)
}

/** Asked when it is sent: whoever has joined, was invited anew or was removed gets nothing. */
async function readyToSend(
  parts: Parts,
  token: string,
): Promise<{ member: LinkedRow; url: string } | undefined> {
  return parts.database.transaction(async (sql) => {
    const find = () => links.findOpenLink<InvitationSubject>(sql, tokenHash(token), 'invitation')
    const subject = (await find())?.subject
    if (!subject || !isRenewable(parts, subject)) return undefined
    await lockMember(sql, subject.siteId, subject.memberId)
    const member = await linkedMember(sql, subject, false)
    if (!member || !(await find())) return undefined
    return { member, url: await createInvitation(parts, sql, subject, token) }
  })
}

/** Derived, so that no secret waits in the row of the job, and a letter that is sent again holds the same link. */
function tokenOf({ config }: Pick<Parts, 'config'>, mailId: string): string {
  return createHmac('sha256', config.secretKey).update(`invitation letter ${mailId}`).digest('base64url')
}

function letterTo(siteName: string, url: string): Letter {
  return plainLetter({
    title: `Join ${siteName}`,
    intro: `${siteName} has invited you to answer in its chat. This link works once and is good for 15 minutes; later, its page can send you a new one.`,
    words: '',
    link: { label: 'Join', url },
    siteName,
    footer: `You get this because ${siteName} has invited this address. If you do not expect it, leave it: nothing happens then.`,
  })
}
