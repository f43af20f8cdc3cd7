import { createHash } from 'node:crypto'

/** Tokens carry 256 random bits: a plain hash is enough, and a stolen table opens nothing. */
export function tokenHash(token: string): string {
  return createHash('sha256').update(token).digest('base64url')
}
