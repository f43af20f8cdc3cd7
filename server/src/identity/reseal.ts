import type { Parts } from '../app/parts.ts'
import { contextOf as identityKeyContext } from './keys/identity-key.ts'
import { createSeal, sealOf } from './seal.ts'
import { replaceSealed, rowsSealedBy, type SealedColumn } from './seal-store.ts'
import { totpContext } from './sessions/sign-in.ts'

const [ofAccounts, ofKeys] = [['account_id'], ['site_id', 'kid']] as const
const own: readonly SealedColumn[] = [
  ...['totp_secret', 'totp_pending'].map((column) => ({
    table: 'accounts',
    column,
    key: ofAccounts,
    contextOf: ([accountId = '']: readonly string[]) => totpContext(accountId),
  })),
  {
    table: 'identity_keys',
    column: 'sealed_key',
    key: ofKeys,
    contextOf: ([siteId = '', kid = '']) => identityKeyContext(siteId, kid),
  },
]

/** Seals anew what the key before SECRET_KEY has sealed; does nothing when none is named. Answers how many. */
export async function reseal(
  parts: Pick<Parts, 'config' | 'database'>,
  others: readonly SealedColumn[],
): Promise<number> {
  const { secretKeyBefore } = parts.config
  if (secretKeyBefore === undefined) return 0
  const [before, seal] = [createSeal(secretKeyBefore), sealOf(parts.config)]
  let count = 0
  for (const column of [...own, ...others])
    for (const row of await rowsSealedBy(parts.database, column, before.keyId)) {
      const context = column.contextOf(row.key)
      await replaceSealed(parts.database, column, row, seal.close(before.open(row.sealed, context), context))
      count += 1
    }
  return count
}
