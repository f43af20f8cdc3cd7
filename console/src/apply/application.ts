import type { Outcome } from '@parley/shared/protocol/answers.ts'
import type { VendorApplication } from '@parley/shared/protocol/vendors.ts'
import type { VendorState } from '@parley/shared/vendors/life-cycle.ts'
import { keep, kept } from '../kept.ts'
import { api, refusalOf } from '../session.ts'

export interface ApplicationForm {
  siteName: string
  categories: string[]
  documents: { id: string; label: string; isRequired: boolean }[]
  terms: string
  termsVersion: number
}

export interface ApplicantView extends ApplicationForm {
  state: VendorState
  isAdmitted: boolean
  application: VendorApplication
  given: { label: string; name: string; bytes: number; givenAt: string; verdict: string | null }[]
  reason: string | null
  isAsked: boolean
}

const base = '/api/v1/applications'

export function loadForm(siteKey: string): Promise<Outcome<ApplicationForm>> {
  return api<ApplicationForm>(`${base}/${encodeURIComponent(siteKey)}`, undefined, 'GET')
}

export function sendApplication(given: object): Promise<Outcome<{ token: string; link: string | null }>> {
  return api(base, given)
}

export function follow(token: string): Promise<Outcome<ApplicantView>> {
  return api(`${base}/view`, { token })
}

export function answer(token: string, text: string): Promise<Outcome<ApplicantView>> {
  return api(`${base}/answer`, { token, text })
}

export function applyAgain(token: string, text: string): Promise<Outcome<ApplicantView>> {
  return api(`${base}/again`, { token, text })
}

export async function giveDocument(token: string, kind: string, file: File): Promise<Outcome<ApplicantView>> {
  const form = new FormData()
  // The upload's one field says which document it is.
  form.append('conversationId', kind)
  form.append('file', file)
  try {
    const response = await fetch(`${base}/documents`, {
      method: 'POST',
      credentials: 'same-origin',
      headers: { 'parley-csrf': '1', authorization: `Bearer ${token}` },
      body: form,
    })
    const value: unknown = await response.json()
    if (response.ok) return { ok: true, value: value as ApplicantView }
    return { ok: false, refusal: refusalOf(value, response.headers.get('retry-after')) }
  } catch {
    return { ok: false, refusal: { code: 'unavailable', reason: 'offline' } }
  }
}

/** The link's token, or the one this browser applied with. */
export function applicationToken(siteKey: string | null): string | undefined {
  const linked = /^#application=([A-Za-z0-9_-]+)$/.exec(location.hash)?.[1]
  if (linked !== undefined) return linked
  return (siteKey && kept<string>(`application ${siteKey}`)) || undefined
}

export function keepToken(siteKey: string, token: string): void {
  keep(`application ${siteKey}`, token)
}
