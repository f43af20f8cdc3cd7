import type { FieldSeal } from '../../storage/field-seal.ts'

/** How an applicant is reached. No address is an empty one. */
interface Ways {
  email: string
  phone: string | null
}

interface Of {
  siteId: string
  vendorId: string
}

const contextOf = ({ siteId, vendorId }: Of, field: keyof Ways) => `${siteId}/applicant/${vendorId}/${field}`

/** As the row keeps them, with what finds the address. */
export function closeWays(
  seal: FieldSeal,
  of: Of,
  { email, phone }: Ways,
): Ways & { emailDigest: string | null } {
  const [emailDigest = null] = email === '' ? [] : seal.digestsOf(of.siteId, email)
  return {
    email: email === '' ? '' : seal.close(email, contextOf(of, 'email')),
    phone: phone === null ? null : seal.close(phone, contextOf(of, 'phone')),
    emailDigest,
  }
}

/** What does not open is not there. */
export function openWays(seal: FieldSeal, of: Of, { email, phone }: Ways): Ways {
  return {
    email: seal.open(email, contextOf(of, 'email')) ?? '',
    phone: phone === null ? null : (seal.open(phone, contextOf(of, 'phone')) ?? null),
  }
}
