import { createHmac } from 'node:crypto'
import type { Parts } from '../app/parts.ts'
import { Refused } from '../app/refused.ts'
import { claimMail, isOnItsWay, lastMailAbout, lockAddress, type MailRow, mailsToSince } from './store.ts'

const minute = 60_000
const dayMs = 24 * 60 * minute
const lettersPerDay = 10
const betweenLettersMs = 10 * minute

/** Whether a letter may go now. */
export type Turn = { go: true } | { go: false; at: Date } | { go: false; because: 'dailyCap' }

/** One letter in ten minutes for a conversation and ten a day for an address, counted over the whole cluster. */
export function takeTurn(parts: Parts, mail: MailRow, address: string): Promise<Turn> {
  const digest = digestOf(parts, address)
  if (mail.addressDigest === digest) return Promise.resolve({ go: true })
  const now = parts.clock.now()
  return parts.database.transaction<Turn>(async (sql) => {
    await lockAddress(sql, digest)
    if ((await mailsToSince(sql, digest, before(now, dayMs))).count >= lettersPerDay) {
      return { go: false, because: 'dailyCap' }
    }
    const last = await lastMailAbout(sql, mail.conversationId, digest, before(now, betweenLettersMs))
    if (last) return { go: false, at: new Date(last.getTime() + betweenLettersMs) }
    await claimMail(sql, mail.mailId, digest, now)
    return { go: true }
  })
}

/** Asked before a transcript is promised, so that nobody waits for a letter that will not come. */
export async function refuseTranscriptOverCap(
  parts: Parts,
  wish: { conversationId: string; address: string },
): Promise<void> {
  const now = parts.clock.now()
  const day = await mailsToSince(parts.database, digestOf(parts, wish.address), before(now, dayMs))
  if (day.count >= lettersPerDay) {
    const retryAfterMs = (day.firstAt ?? now).getTime() + dayMs - now.getTime()
    throw new Refused('rateLimited', 'mail.tooOften', { retryAfterMs })
  }
  if (await isOnItsWay(parts.database, wish.conversationId, 'transcript')) {
    throw new Refused('rateLimited', 'mail.tooOften', { retryAfterMs: betweenLettersMs })
  }
}

/** Addresses are counted without being kept. */
function digestOf(parts: Parts, address: string): string {
  return createHmac('sha256', parts.config.secretKey)
    .update(`mail:${address.toLowerCase()}`)
    .digest('base64url')
}

function before(now: Date, ms: number): Date {
  return new Date(now.getTime() - ms)
}
