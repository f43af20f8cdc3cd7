import type { MemberActor } from '@parley/shared/people.ts'
import { marlow, staff } from '../demo/cast.ts'
import type { Marlow, Person } from './marlow.ts'

export interface SecondSite {
  siteId: string
  siteKey: string
  admin: Person
  actor: MemberActor
  cookie: string
}

const password = 'a sentence for the second shop'

/** Another marketplace on the same server, made and joined through the front door. */
export async function openSecondSite(site: Marlow): Promise<SecondSite> {
  const signedIn = await post(site, '/api/v1/session', { email: staff.ines.email, password: marlow.password })
  const made = await post(
    site,
    '/api/v1/commands/createSite',
    { requestId: 'second-site', name: 'Harbour' },
    signedIn.cookie,
  )
  const { siteId, siteKey } = made.body as { siteId: string; siteKey: string }
  const switched = await post(site, '/api/v1/session/site', { siteId }, signedIn.cookie)
  const invited = await post(
    site,
    '/api/v1/commands/inviteMember',
    {
      requestId: 'second-admin',
      name: 'Otto Lind',
      email: 'otto@harbour.example',
      role: 'admin',
      vendorId: null,
    },
    switched.cookie,
  )
  const token = String(invited.body.link).split('#invite=')[1]
  const joined = await post(site, '/api/v1/invitations/accept', { token, password })
  const { memberId, accountId, name } = joined.body.me as MemberActor
  return {
    siteId,
    siteKey,
    admin: await site.memberWith(name, joined.cookie),
    cookie: joined.cookie,
    actor: {
      kind: 'member',
      siteId,
      memberId,
      accountId,
      role: 'admin',
      name,
      vendorId: null,
      vendorName: null,
      queueIds: [],
    },
  }
}

/** As a page of the console would, with the cookie it holds. */
export async function post(
  site: Marlow,
  path: string,
  body: object,
  cookie = '',
): Promise<{ body: Record<string, unknown>; cookie: string; status: number }> {
  const response = await fetch(`${site.url}${path}`, {
    method: 'POST',
    headers: { 'content-type': 'application/json', origin: site.url, 'parley-csrf': '1', cookie },
    body: JSON.stringify(body),
  })
  const text = await response.text()
  return {
    status: response.status,
    body: text === '' ? {} : JSON.parse(text),
    cookie: response.headers.get('set-cookie')?.split(';')[0] ?? cookie,
  }
}
