import { createCipheriv, createDecipheriv, createHash, hkdfSync, randomBytes } from 'node:crypto'
import type { Config } from '../config.ts'

/** Keeps secrets at rest: AES-256-GCM under a key derived from SECRET_KEY. */
export interface Seal {
  /** Stands before the dot of what this key has sealed. */
  keyId: string
  /** `context` names the place the secret belongs to; moved elsewhere it cannot be opened. */
  close(secret: string, context: string): string
  open(sealed: string, context: string): string
}

const ivBytes = 12
const tagBytes = 16

/** `before`: a key that opens what it has sealed, and seals nothing any more. */
export function createSeal(secretKey: string | Uint8Array, before?: string | Uint8Array): Seal {
  const key = Buffer.from(hkdfSync('sha256', secretKey, '', 'parley sealed secrets', 32))
  // Which key sealed it, so that a changed SECRET_KEY is told from a damaged row.
  const keyId = createHash('sha256').update(key).digest('base64url').slice(0, 8)
  const earlier = before === undefined ? undefined : createSeal(before)
  return {
    keyId,
    close(secret, context) {
      const iv = randomBytes(ivBytes)
      const cipher = createCipheriv('aes-256-gcm', key, iv).setAAD(Buffer.from(context))
      const body = Buffer.concat([cipher.update(secret, 'utf8'), cipher.final()])
      return `${keyId}.${Buffer.concat([iv, cipher.getAuthTag(), body]).toString('base64url')}`
    },
    open(sealed, context) {
      const [sealedBy, body = ''] = sealed.split('.')
      if (earlier && sealedBy === earlier.keyId) return earlier.open(sealed, context)
      if (sealedBy !== keyId) throw new Error('This secret was sealed with another SECRET_KEY')
      const bytes = Buffer.from(body, 'base64url')
      const decipher = createDecipheriv('aes-256-gcm', key, bytes.subarray(0, ivBytes), {
        authTagLength: tagBytes,
      })
      decipher.setAAD(Buffer.from(context))
      decipher.setAuthTag(bytes.subarray(ivBytes, ivBytes + tagBytes))
      return decipher.update(bytes.subarray(ivBytes + tagBytes), undefined, 'utf8') + decipher.final('utf8')
    },
  }
}

const seals = new WeakMap<Config, Seal>()

export function sealOf(config: Config): Seal {
  const seal = seals.get(config) ?? createSeal(config.secretKey, config.secretKeyBefore)
  seals.set(config, seal)
  return seal
}
