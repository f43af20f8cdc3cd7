import type { Actor } from '@parley/shared/people.ts'

const megabyte = 1024 * 1024
export const quotaWindowMs = 24 * 60 * 60 * 1000

/** Bytes one person may upload in a day. A stranger's browser gets less than somebody known by name. */
export function dailyBytes(actor: Actor): number {
  return (actor.kind === 'customer' && !actor.isVerified ? 100 : 500) * megabyte
}
