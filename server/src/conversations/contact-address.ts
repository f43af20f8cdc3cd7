import type { FieldSeal } from '../storage/field-seal.ts'

/** A contact's address and what finds it, as their row keeps them. */
export interface KeptAddress {
  email: string | null
  emailDigest: string | null
}

/** Bound to the signed name of the person, which is known before their row is. */
const contextOf = (siteId: string, sub: string | null) => `${siteId}/contact/${sub ?? ''}/email`

export function closeAddress(
  seal: FieldSeal,
  siteId: string,
  sub: string | null,
  email: string | null,
): KeptAddress {
  if (email === null) return { email: null, emailDigest: null }
  const [emailDigest = null] = seal.digestsOf(siteId, email)
  return { email: seal.close(email, contextOf(siteId, sub)), emailDigest }
}

/** Null where there is none, and where it does not open. */
export function openAddress(
  seal: FieldSeal,
  siteId: string,
  { sub, email }: { sub: string | null; email: string | null },
): string | null {
  return email === null ? null : (seal.open(email, contextOf(siteId, sub)) ?? null)
}
