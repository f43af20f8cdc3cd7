import { randomBytes } from 'node:crypto'

export interface Random {
  /** 128 random bits in 22 characters, behind a prefix that names the kind: `cnv_…`. */
  id(prefix: string): string
  /** 256 random bits, for bearer tokens and one-time links. */
  token(): string
  /** From 0 up to, not including, 1: for jitter, never for secrets. */
  fraction(): number
}

export const systemRandom: Random = {
  id: (prefix) => `${prefix}_${randomBytes(16).toString('base64url')}`,
  token: () => randomBytes(32).toString('base64url'),
  fraction: () => Math.random(),
}
