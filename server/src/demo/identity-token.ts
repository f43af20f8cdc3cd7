import { SignJWT } from 'jose'
import type { Clock } from '../clock.ts'
import { marlow } from './cast.ts'
import type { Person } from './person.ts'
import { purchasesOf } from './purchase.ts'

const identityLifeSeconds = 600

/** What a marketplace's own server signs about who is on the page, and what that person may talk about. */
export function identityToken(person: Person, clock: Clock): Promise<string> {
  const issuedAt = Math.floor(clock.now().getTime() / 1000)
  return new SignJWT({
    role: person.role,
    name: person.name,
    email: person.email,
    email_verified: person.emailVerified,
    orders: purchasesOf(person).map((purchase) => ({
      id: purchase.orderId,
      vendorIds: purchase.vendors.map((vendor) => vendor.vendorId),
      productIds: purchase.lines.map((line) => line.productId),
      label: purchase.label,
    })),
    ...(person.role === 'vendor' ? { vendorId: person.vendorId } : {}),
  })
    .setProtectedHeader({ alg: 'HS256', typ: 'JWT', kid: marlow.identityKeyId })
    .setIssuer(marlow.siteKey)
    .setAudience('parley')
    .setSubject(person.sub)
    .setIssuedAt(issuedAt)
    .setExpirationTime(issuedAt + identityLifeSeconds)
    .sign(new TextEncoder().encode(marlow.identitySecret))
}
