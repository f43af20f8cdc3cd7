import { createSecretKey, type KeyObject } from 'node:crypto'
import type { SignedOrder } from '@parley/shared/people.ts'
import { isStorable } from '@parley/shared/protocol/texts.ts'
import { decodeProtectedHeader, errors, type JWTPayload, jwtVerify } from 'jose'
import { z } from 'zod'
import { auditRead } from '../../app/audit-reads.ts'
import type { Parts } from '../../app/parts.ts'
import { tokenHash } from '../token-hash.ts'
import { openKey } from './identity-key.ts'
import { liveKey, touchKey, vendorsNamed } from './store.ts'

const audience = 'parley'
const longestLifeSeconds = 600
const skewSeconds = 30
const longestToken = 16_000
/** Every page view uses a key: once a day tells enough. */
const usedQuietMs = 24 * 60 * 60 * 1000

/** What a marketplace has signed about the person on its page. */
export interface Identity {
  sub: string
  role: 'buyer' | 'vendor'
  name: string | null
  email: string | null
  isEmailVerified: boolean
  orders: SignedOrder[]
  vendorId: string | null
}

/** Of a token that names itself by `jti`. */
export interface OneUse {
  useHash: string
  /** From then on the token is refused anyway. */
  expiresAt: Date
}

/** A sentence for the people who install the chat, never for the page that sent the token. */
export type Verdict =
  | { ok: true; identity: Identity; use: OneUse | undefined }
  | { ok: false; problem: string }

// Shops number their orders, and many languages write what is absent as null: both are understood.
const marketId = z
  .union([z.string(), z.int()])
  .transform(String)
  .refine((id) => id.length >= 1 && id.length <= 80 && isStorable(id))
const marketIds = (max: number) =>
  z
    .array(marketId)
    .max(max)
    .nullish()
    .transform((ids) => ids ?? [])
const label = z.string().optional().catch(undefined)
const order = z.object({ id: marketId, label, vendorIds: marketIds(50), productIds: marketIds(200) })

const claims = z.object({
  sub: z
    .string()
    .min(1)
    .max(255)
    .refine((sub) => isStorable(sub) && sub === sub.normalize('NFC')),
  role: z.enum(['buyer', 'vendor']).default('buyer'),
  name: label,
  email: z.email().max(254).optional().catch(undefined),
  email_verified: z.boolean().default(false).catch(false),
  orders: z
    .array(order)
    .max(200)
    .nullish()
    .transform((orders) => orders ?? []),
  vendorId: marketId.nullish(),
  jti: z
    .union([z.string(), z.int()])
    .transform(String)
    .refine((id) => id.length >= 1 && id.length <= 255 && isStorable(id))
    .nullish(),
})

const headerClaims = z.object({ kid: marketId })

export async function verifyIdentity(parts: Parts, siteId: string, token: string): Promise<Verdict> {
  const verified = await verifySignature(parts, siteId, token)
  if (!verified.ok) return verified
  const { payload } = verified
  if ((payload.exp ?? 0) - (payload.iat ?? 0) > longestLifeSeconds) {
    return refused('A token was valid for more than 10 minutes; exp may be 600 seconds after iat at most.')
  }
  const parsed = claims.safeParse(payload)
  if (!parsed.success) {
    const claim = parsed.error.issues[0]?.path.join('.') ?? 'sub'
    return refused(`The claim ${claim} of a token is missing or has the wrong shape.`)
  }
  const { jti } = parsed.data
  const use = jti == null ? undefined : useOf(jti, readKid(token) ?? '', payload.exp ?? 0)
  return { ok: true, identity: await identityOf(parts, siteId, parsed.data), use }
}

function useOf(jti: string, kid: string, exp: number): OneUse {
  return {
    useHash: tokenHash(JSON.stringify([kid, jti])),
    expiresAt: new Date((exp + skewSeconds) * 1_000),
  }
}

type Checked = { ok: true; payload: JWTPayload } | { ok: false; problem: string }

async function verifySignature(parts: Parts, siteId: string, token: string): Promise<Checked> {
  const kid = readKid(token)
  const row = kid === undefined ? undefined : await liveKey(parts.database, siteId, kid)
  // An unknown key costs the same work as a wrong signature, so that neither can be told from outside.
  const key = row ? openKey(parts, siteId, row) : createSecretKey(Buffer.alloc(32, 1))
  const now = parts.clock.now()
  const algorithm = row?.algorithm ?? 'HS256'
  const verified = await checkToken(token, key, algorithm, now)
  if (!row) return refused(unknownKey)
  if (verified.ok) await noteUse(parts, siteId, row.kid, now)
  return verified
}

async function noteUse(parts: Parts, siteId: string, kid: string, now: Date): Promise<void> {
  await touchKey(parts.database, siteId, kid, now)
  const actor = { kind: 'system', siteId, rule: 'identity' } as const
  await auditRead(parts, actor, { action: 'identityKey.used', object: `identityKey:${kid}` }, usedQuietMs)
}

async function checkToken(token: string, key: KeyObject, algorithm: string, now: Date): Promise<Checked> {
  try {
    const { payload } = await jwtVerify(token, key, {
      algorithms: [algorithm],
      audience,
      requiredClaims: ['sub', 'iat', 'exp'],
      maxTokenAge: longestLifeSeconds,
      clockTolerance: skewSeconds,
      currentDate: now,
    })
    return { ok: true, payload }
  } catch (error) {
    return refused(problemOf(error))
  }
}

function readKid(token: string): string | undefined {
  if (token.length > longestToken) return undefined
  try {
    return headerClaims.parse(decodeProtectedHeader(token)).kid
  } catch {
    return undefined
  }
}

const unknownKey = 'A token names no key of this site in kid, or one that was revoked.'

function refused(problem: string): { ok: false; problem: string } {
  return { ok: false, problem }
}

function problemOf(error: unknown): string {
  if (error instanceof errors.JWTExpired) {
    return 'A token had expired when it arrived; sign a fresh one for each page.'
  }
  if (error instanceof errors.JWTClaimValidationFailed) {
    return `The claim ${error.claim} of a token is missing or not accepted.`
  }
  if (error instanceof errors.JOSEAlgNotAllowed) {
    return 'A token was signed with another algorithm than its key was made for.'
  }
  if (error instanceof errors.JWSSignatureVerificationFailed) {
    return 'The signature of a token does not fit its key; check that the whole secret is used.'
  }
  return 'A token is not a signed JWT in its compact form.'
}

async function identityOf(parts: Parts, siteId: string, given: z.output<typeof claims>): Promise<Identity> {
  const names = [...new Set([...given.orders.flatMap((order) => order.vendorIds), given.vendorId ?? ''])]
  const known = await vendorsNamed(parts.database, siteId, names.filter(Boolean))
  const byName = new Map(known.map((vendor) => [vendor.vendor_id, vendor.vendor_id]))
  for (const vendor of known) byName.set(vendor.external_id, vendor.vendor_id)
  return {
    sub: given.sub,
    role: given.role,
    name: labelOf(given.name, 80),
    email: given.email ?? null,
    isEmailVerified: given.email !== undefined && given.email_verified,
    orders: given.orders.map((order) => {
      const label = labelOf(order.label, 80)
      return {
        id: order.id,
        ...(label === null ? {} : { label }),
        vendorIds: [...new Set(order.vendorIds.flatMap((name) => byName.get(name) ?? []))],
        ...(order.productIds.length === 0 ? {} : { productIds: order.productIds }),
      }
    }),
    vendorId: given.role === 'vendor' ? (byName.get(given.vendorId ?? '') ?? null) : null,
  }
}

/** A label is shown, never compared: it is cleaned to one line rather than refused. */
function labelOf(value: string | undefined, max: number): string | null {
  if (value === undefined || !isStorable(value)) return null
  const line = value
    // biome-ignore lint/suspicious/noControlCharactersInRegex: controls are what is taken out
    .replace(/[\u0000-\u001F\u007F-\u009F\u2028-\u202E\u2066-\u2069]+/g, ' ')
    .trim()
  return line === '' ? null : [...line].slice(0, max).join('')
}
