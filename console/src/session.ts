import type { Outcome } from '@parley/shared/protocol/answers.ts'
import type { Me } from '@parley/shared/protocol/reading.ts'
import { type Refusal, type RefusalCode, refusalCodes } from '@parley/shared/protocol/refusals.ts'
import { signal } from '@preact/signals'

/** Who is signed in: undefined until the server has said, null for nobody. */
export const me = signal<Me | null | undefined>(undefined)

const patienceMs = 30_000
/** Nothing is shown before this is known, so it is asked again sooner. */
const sessionPatienceMs = 8_000

/** The console's one way to the HTTP interface. Never rejects: `unavailable` when no answer came in time. */
export async function api<Value>(
  path: string,
  body?: unknown,
  method: 'GET' | 'POST' | 'DELETE' = 'POST',
  withinMs = patienceMs,
): Promise<Outcome<Value>> {
  try {
    const response = await fetch(path, {
      method,
      credentials: 'same-origin',
      signal: AbortSignal.timeout(withinMs),
      headers: { 'parley-csrf': '1', ...(body === undefined ? {} : { 'content-type': 'application/json' }) },
      ...(body === undefined ? {} : { body: JSON.stringify(body) }),
    })
    const value: unknown = response.status === 204 ? {} : await response.json()
    if (response.ok) return { ok: true, value: value as Value }
    return { ok: false, refusal: refusalOf(value, response.headers.get('retry-after')) }
  } catch {
    return { ok: false, refusal: { code: 'unavailable', reason: 'offline' } }
  }
}

export async function loadSession(): Promise<Outcome<{ me: Me }>> {
  const outcome = await api<{ me: Me }>('/api/v1/session', undefined, 'GET', sessionPatienceMs)
  if (outcome.ok) me.value = outcome.value.me
  else if (outcome.refusal.code !== 'unavailable') me.value = null
  return outcome
}

/** `signIn.wrong`, `totp.needed` or `totp.wrong` is the reason of a refusal; `rateLimited` says when. */
export async function signIn(email: string, password: string, code?: string): Promise<Outcome<{ me: Me }>> {
  const outcome = await api<{ me: Me }>('/api/v1/session', {
    email,
    password,
    ...(code === undefined ? {} : { code }),
  })
  if (outcome.ok) me.value = outcome.value.me
  return outcome
}

export async function signOut(): Promise<Outcome<unknown>> {
  const outcome = await api('/api/v1/session', undefined, 'DELETE')
  if (outcome.ok || outcome.refusal.code === 'notAllowed') me.value = null
  return outcome
}

export async function switchSite(siteId: string): Promise<Outcome<{ me: Me }>> {
  const outcome = await api<{ me: Me }>('/api/v1/session/site', { siteId })
  if (outcome.ok) me.value = outcome.value.me
  return outcome
}

interface Problem {
  code?: unknown
  reason?: unknown
  field?: unknown
  retryAfterMs?: unknown
  correlationId?: unknown
}

export function refusalOf(problem: unknown, retryAfter: string | null): Refusal {
  const { code, reason, field, retryAfterMs, correlationId }: Problem =
    typeof problem === 'object' && problem !== null ? problem : {}
  const seconds = Number(retryAfter)
  const waitMs = typeof retryAfterMs === 'number' ? retryAfterMs : seconds > 0 ? seconds * 1_000 : undefined
  return {
    code: refusalCodes.includes(code as RefusalCode) ? (code as RefusalCode) : 'internal',
    ...(typeof reason === 'string' ? { reason } : {}),
    ...(typeof field === 'string' ? { field } : {}),
    ...(waitMs === undefined ? {} : { retryAfterMs: waitMs }),
    ...(typeof correlationId === 'string' ? { correlationId } : {}),
  }
}
