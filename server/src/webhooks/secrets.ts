import type { Parts } from '../app/parts.ts'
import { type SealedColumn, sealOf } from '../identity/index.ts'

interface Sealed {
  site_id: string
  webhook_id: string
  sealed_secret: string
  sealed_previous: string | null
  previous_until: Date | null
}

const contextOf = (siteId: string, webhookId: string) => `webhook:${siteId}:${webhookId}`

export const sealedSecrets: readonly SealedColumn[] = ['sealed_secret', 'sealed_previous'].map((column) => ({
  table: 'webhooks',
  column,
  key: ['site_id', 'webhook_id'],
  contextOf: ([siteId = '', webhookId = '']) => contextOf(siteId, webhookId),
}))

/** 256 bits in the form the libraries of Standard Webhooks read. */
export function newSecret({ random }: Pick<Parts, 'random'>): string {
  return `whsec_${Buffer.from(random.token(), 'base64url').toString('base64')}`
}

export function sealSecret(
  parts: Pick<Parts, 'config'>,
  siteId: string,
  webhookId: string,
  secret: string,
): string {
  return sealOf(parts.config).close(secret, contextOf(siteId, webhookId))
}

/** The newest first; the one before it while it still signs. */
export function liveSecrets(parts: Pick<Parts, 'config'>, row: Sealed, now: Date): string[] {
  const { sealed_secret, sealed_previous, previous_until } = row
  const isPreviousLive = sealed_previous !== null && previous_until !== null && previous_until > now
  return [sealed_secret, ...(isPreviousLive ? [sealed_previous] : [])].map((sealed) =>
    sealOf(parts.config).open(sealed, contextOf(row.site_id, row.webhook_id)),
  )
}
