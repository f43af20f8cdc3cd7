import { type Actor, actorIdOf, readerKindOf } from '@parley/shared/people.ts'
import { limits } from '@parley/shared/protocol/limits.ts'
import { insertAudit } from '../app/audit.ts'
import type { Parts } from '../app/parts.ts'
import { loadSite } from '../sites/index.ts'
import type { Timer } from '../storage/timers.ts'
import { isOver, type Letter, type Mailer } from './mailer.ts'
import { plainLetter } from './plain-letter.ts'
import { byMail } from './plan-mail.ts'
import { addressOfAdmin, adminsOf, lockAlarms, wasAlarmed } from './store.ts'

const alarmLetter = 'alarmLetter'
const quietMs = 60 * 60_000

/** What there is to tell: somebody tries doors, or has seen as many addresses as a day has and asks on. */
type Alarm = 'doors' | 'addresses'

const alarms: Record<Alarm, { action: string; reason: string; logged: string }> = {
  doors: { action: 'rights.alarm', reason: '10 within a minute', logged: 'Refused again and again.' },
  addresses: {
    action: 'contact.alarm',
    reason: `more than ${limits.revealsPerDay} within 24 hours`,
    logged: 'Asked for more addresses than a day has.',
  },
}

interface Job {
  mailId: string
  siteId: string
  memberId: string
  who: string
  about?: Alarm
}

/**
 * A line in the audit under their name, and a letter to each admin, who reads there who it was. One letter an hour about the
 * same, however many do it: whoever comes as thousands fills no mailbox.
 */
export async function alarmAdmins(parts: Parts, actor: Actor, about: Alarm = 'doors'): Promise<void> {
  const { siteId } = actor
  const { action, reason, logged } = alarms[about]
  parts.logger.warn({ siteId, actorId: actorIdOf(actor) }, logged)
  await parts.database.transaction(async (sql) => {
    await lockAlarms(sql, siteId)
    const isTold = await wasAlarmed(sql, siteId, action, quietMs)
    const line = { action, object: `site:${siteId}`, result: 'refused', reason } as const
    await insertAudit(sql, [{ actor, line, quietMs }])
    if (isTold || parts.config.smtpUrl === undefined) return
    for (const memberId of await adminsOf(sql, siteId)) {
      const job: Job = { mailId: parts.random.id('mail'), siteId, memberId, who: wordFor(actor), about }
      await parts.timers.set(sql, alarmLetter, job.mailId, parts.clock.now(), job)
    }
  })
}

export function registerAlarmLetters(parts: Parts, mailer: Mailer | null): void {
  if (mailer === null) return
  const send = async ({ payload, tries }: Timer) => {
    const { mailId, siteId, memberId, who, about } = payload as Job
    // Asked when it is sent: whoever is no admin any more gets nothing.
    const to = await addressOfAdmin(parts.database, siteId, memberId)
    if (to === undefined) return
    const { branding } = await loadSite(parts, siteId)
    try {
      await mailer.send({ to, mailId, ...letterAbout(who, branding.name, parts.config.publicUrl, about) })
    } catch (error) {
      if (!isOver(error, tries)) throw error
      parts.logger.warn({ err: error, memberId }, 'A letter to an admin was refused or never confirmed.')
    }
  }
  parts.timers.on(alarmLetter, send, byMail)
}

function letterAbout(who: string, siteName: string, publicUrl: string, about: Alarm = 'doors'): Letter {
  const { title, intro } = {
    doors: {
      title: `Somebody tries doors at ${siteName}`,
      intro: `${who} was refused ten times within a minute for want of a right. The audit log says who it was and what they asked for.`,
    },
    addresses: {
      title: `Somebody looks at many addresses at ${siteName}`,
      intro: `${who} has had ${limits.revealsPerDay} addresses of customers shown within a day and asked for another, which was refused. The audit log says who it was, whose addresses and why.`,
    },
  }[about]
  return plainLetter({
    title,
    intro: `${intro} There is no other letter about this within an hour.`,
    words: '',
    link: { label: 'Open the audit log', url: `${publicUrl}/console/settings/audit` },
    siteName,
    footer: `You get this because you are an admin of ${siteName}.`,
  })
}

function wordFor(actor: Actor): string {
  if (actor.kind === 'key') return 'A program with an API key'
  const reader = readerKindOf(actor)
  if (reader === 'customer') return 'A visitor or customer'
  return reader === 'vendor' ? 'Somebody of a vendor' : 'Somebody of the staff'
}
