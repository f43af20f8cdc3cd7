import type { Parts } from '../app/parts.ts'
import { byMail, createMailer, isOver, plainLetter } from '../notify/index.ts'
import { loadSite } from '../sites/index.ts'
import type { Sql } from '../storage/database.ts'
import type { Timer } from '../storage/timers.ts'
import { adminAddresses, findWebhook, type WebhookRow } from './store.ts'

const webhookNotice = 'webhookNotice'

interface Job {
  mailId: string
  siteId: string
  webhookId: string
  to: string
  why: 'failing' | 'gone'
}

/** A letter to each admin, in the transaction that switches it off. The console says it too. */
export async function planNotice(
  parts: Pick<Parts, 'config' | 'random' | 'timers' | 'clock'>,
  sql: Sql,
  { site_id: siteId, webhook_id: webhookId }: WebhookRow,
  why: Job['why'],
): Promise<void> {
  if (parts.config.smtpUrl === undefined) return
  for (const to of await adminAddresses(sql, siteId)) {
    const mailId = parts.random.id('mail')
    const job: Job = { mailId, siteId, webhookId, to, why }
    await parts.timers.set(sql, webhookNotice, mailId, parts.clock.now(), job)
  }
}

export function startNotices(parts: Parts): { close(): void } {
  const mailer = createMailer(parts.config)
  if (mailer === null) return { close() {} }
  const send = async ({ payload, tries }: Timer) => {
    const job = payload as Job
    const webhook = await findWebhook(parts.database, job.siteId, job.webhookId)
    // Switched on again, or gone, before anybody was told.
    if (webhook?.state !== job.why) return
    const { branding } = await loadSite(parts, job.siteId)
    const why =
      job.why === 'gone'
        ? 'It answered that it is gone for good (410).'
        : 'For three days nothing we sent has arrived there.'
    const letter = plainLetter({
      title: `The webhook ${webhook.label} is off`,
      intro: `${why} Nothing more is sent to it until an admin switches it on; what happens meanwhile is kept for 30 days.`,
      words: '',
      link: { label: 'Open webhooks', url: `${parts.config.publicUrl}/console/settings/webhooks` },
      siteName: branding.name,
      footer: `You get this because you are an admin of ${branding.name}.`,
    })
    try {
      await mailer.send({ to: job.to, mailId: job.mailId, ...letter })
    } catch (error) {
      if (!isOver(error, tries)) throw error
      parts.logger.warn(
        { webhook: job.webhookId },
        'A notice about a webhook was refused or never confirmed.',
      )
    }
  }
  parts.timers.on(webhookNotice, send, byMail)
  return { close: () => mailer.close() }
}
