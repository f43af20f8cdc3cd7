import { buyers, vendorMembers, vendors } from './cast.ts'

export type Buyer = {
  role: 'buyer'
  key: string
  sub: string
  name: string
  email: string
  emailVerified: boolean
}
type VendorMember = {
  role: 'vendor'
  key: string
  sub: string
  name: string
  email: string
  emailVerified: boolean
  vendorId: string
  vendorName: string
}
export type Person = Buyer | VendorMember

export const castBuyers: readonly Buyer[] = Object.entries(buyers).map(([key, buyer]) => ({
  role: 'buyer',
  key,
  emailVerified: true,
  ...buyer,
}))

export const castVendorMembers: readonly VendorMember[] = Object.entries(vendorMembers).map(
  ([key, member]) => ({
    role: 'vendor',
    key,
    sub: member.memberId,
    name: member.name,
    email: member.email,
    emailVerified: true,
    vendorId: vendors[member.vendor].vendorId,
    vendorName: vendors[member.vendor].name,
  }),
)

export function findPerson(key: string): Person | undefined {
  return [...castBuyers, ...castVendorMembers].find((person) => person.key === key)
}

export function isTaken(email: string): boolean {
  const wanted = email.toLowerCase()
  return [...castBuyers, ...castVendorMembers].some((person) => person.email === wanted)
}

/** Somebody who registered here: nobody has shown yet that the e-mail is theirs. */
export function newBuyer(sub: string, name: string, email: string): Buyer {
  return { role: 'buyer', key: '', sub, name, email, emailVerified: false }
}

export function firstName(person: Person): string {
  return person.name.split(' ')[0] ?? person.name
}
