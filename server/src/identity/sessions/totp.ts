import { Secret, TOTP } from 'otpauth'
import type { Clock } from '../../clock.ts'

const periodSeconds = 30
/** One step either way for clocks that are off. */
const window = 1

function totpOf(secret: string, label = 'Parley'): TOTP {
  return new TOTP({
    issuer: 'Parley',
    label,
    algorithm: 'SHA1',
    digits: 6,
    period: periodSeconds,
    secret: Secret.fromBase32(secret),
  })
}

/** 160 bits, as RFC 4226 advises. `random` gives bytes in base64url. */
export function newTotpSecret(random: () => string): string {
  const bytes = Uint8Array.from(Buffer.from(random(), 'base64url').subarray(0, 20))
  return new Secret({ buffer: bytes.buffer }).base32
}

export function totpUri(secret: string, email: string): string {
  return totpOf(secret, email).toString()
}

/** The step a code belongs to; the caller stores it, so that a code that was seen is worth nothing. */
export function stepOf(secret: string, code: string, clock: Clock): number | undefined {
  const digits = code.replace(/\s+/g, '')
  if (!/^\d{6}$/.test(digits)) return undefined
  const timestamp = clock.now().getTime()
  const delta = totpOf(secret).validate({ token: digits, timestamp, window })
  return delta === null ? undefined : Math.floor(timestamp / 1000 / periodSeconds) + delta
}
