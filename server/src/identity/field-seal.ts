import { createHmac, hkdfSync } from 'node:crypto'
import type { Logger } from 'pino'
import type { Config } from '../config.ts'
import { type FieldSeal, isSealed } from '../storage/field-seal.ts'
import { sealOf } from './seal.ts'

/** Seals as secrets are sealed; finds by a digest that nobody can try out without SECRET_KEY. */
export function fieldSealOf(config: Config, logger: Pick<Logger, 'error'>): FieldSeal {
  const seal = sealOf(config)
  const keys = [config.secretKey, config.secretKeyBefore]
    .filter((secretKey) => secretKey !== undefined)
    .map((secretKey) => Buffer.from(hkdfSync('sha256', secretKey, '', 'parley address digests', 32)))
  let isTold = false
  return {
    keyId: seal.keyId,
    close: seal.close,
    open(kept, context) {
      if (!isSealed(kept)) return kept
      try {
        return seal.open(kept, context)
      } catch (error) {
        if (!isTold)
          logger.error(
            { err: error, context },
            'An address or a number cannot be opened and is read as left out. Was SECRET_KEY changed without SECRET_KEY_BEFORE?',
          )
        isTold = true
        return undefined
      }
    },
    digestsOf: (siteId, address) =>
      keys.map((key) =>
        createHmac('sha256', key).update(`${siteId} ${address.toLowerCase()}`).digest('base64url'),
      ),
  }
}
