import { createPublicKey, createSecretKey, type KeyObject } from 'node:crypto'
import type { Parts } from '../../app/parts.ts'
import { Refused } from '../../app/refused.ts'
import { sealOf } from '../seal.ts'
import type { KeyRow } from './store.ts'

/** A marketplace rotates by letting the old and the new key live side by side. */
export const liveKeysAllowed = 2

export function contextOf(siteId: string, kid: string): string {
  return `identityKey:${siteId}:${kid}`
}

export function sealKey(parts: Parts, siteId: string, kid: string, key: string): string {
  return sealOf(parts.config).close(key, contextOf(siteId, kid))
}

export function openKey(parts: Parts, siteId: string, row: KeyRow): KeyObject {
  const key = sealOf(parts.config).open(row.sealed_key, contextOf(siteId, row.kid))
  return row.algorithm === 'HS256' ? createSecretKey(Buffer.from(key)) : createPublicKey(key)
}

/** Only an Ed25519 public key in SPKI PEM: a private one has no business here and is refused. */
export function readPublicKey(pem: string | undefined): string {
  if (!pem?.trim().startsWith('-----BEGIN PUBLIC KEY-----')) {
    throw new Refused('invalid', 'identityKey.publicKey', { field: 'publicKey' })
  }
  try {
    const key = createPublicKey(pem.trim())
    if (key.asymmetricKeyType === 'ed25519') return key.export({ type: 'spki', format: 'pem' }).toString()
  } catch {
    // Falls through to the refusal: what OpenSSL says about the bytes helps nobody.
  }
  throw new Refused('invalid', 'identityKey.publicKey', { field: 'publicKey' })
}
