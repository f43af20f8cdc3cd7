import type { CommandAnswer } from '@parley/shared/protocol/answers.ts'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { picture } from '../files/samples.ts'
import { type Asker, connectEverybody, type Everybody } from '../testing/everybody.ts'
import { type Marlow, startMarlow } from '../testing/marlow.ts'

let site: Marlow
let everybody: Everybody
let rules: CommandAnswer<'viewVendorRules'>['rules']
beforeAll(async () => {
  site = await startMarlow('postgres', { RATE_LIMIT_FACTOR: '3' })
  everybody = await connectEverybody(site)
  ;({ rules } = await everybody.ines.person.ask('viewVendorRules', {}))
})
afterAll(() => site?.close())

let count = 0
const requestId = () => {
  count += 1
  return `applications-${count}`
}

async function post(path: string, body: unknown, headers: Record<string, string> = {}) {
  const response = await fetch(`${site.url}/api/v1/applications${path}`, {
    method: 'POST',
    headers: { 'content-type': 'application/json', origin: site.url, 'parley-csrf': '1', ...headers },
    body: JSON.stringify(body),
  })
  return { status: response.status, body: (await response.json()) as Record<string, unknown> }
}

async function upload(token: string, kind: string, name = 'registration.png') {
  const form = new FormData()
  form.set('conversationId', kind)
  form.set(
    'file',
    new Blob([new Uint8Array(await picture(40, 30).png().toBuffer())], { type: 'image/png' }),
    name,
  )
  const response = await fetch(`${site.url}/api/v1/applications/documents`, {
    method: 'POST',
    headers: { origin: site.url, 'parley-csrf': '1', authorization: `Bearer ${token}` },
    body: form,
  })
  return { status: response.status, body: (await response.json()) as Record<string, unknown> }
}

const application = {
  siteKey: 'marlow',
  company: 'Salt & Rope',
  contactName: 'Ida Strand',
  email: 'Ida@salt.example',
  about: 'Hammocks, made in Esbjerg.',
  categories: ['Home'],
  termsVersion: 1,
}
const form = () => fetch(`${site.url}/api/v1/applications/marlow`)
const save = (applications: Partial<typeof rules.applications>) => {
  rules = { ...rules, applications: { ...rules.applications, ...applications } }
  return everybody.ines.person.ask('saveVendorRules', { requestId: requestId(), rules })
}

describe('applying as a vendor', () => {
  let token = ''
  let vendorId = ''
  let fileId = ''

  it('is closed, as if it were not there, until the site opens it', async () => {
    expect((await form()).status).toBe(404)
    expect((await post('', application)).status).toBe(404)
    await save({ isOpen: true, categories: ['Home', 'Kitchen'], terms: '<p>Be fair.</p><script>x</script>' })
    const told = (await (await form()).json()) as Record<string, unknown>
    expect(told).toEqual({
      siteName: 'Marlow',
      categories: ['Home', 'Kitchen'],
      documents: [{ id: 'registration', label: 'Business registration', isRequired: true }],
      terms: '<p>Be fair.</p>',
      termsVersion: 1,
    })
    expect((await fetch(`${site.url}/api/v1/applications/another`)).status).toBe(404)
  })

  it('takes what is asked for and nothing else, under the terms as they stand', async () => {
    for (const [change, answer] of [
      [{ termsVersion: 2 }, { status: 409, reason: 'terms.changed' }],
      [{ categories: ['Weapons'] }, { status: 422, reason: 'category.unknown' }],
      [{ email: 'no address' }, { status: 422, field: 'email' }],
      [{ company: 'two\nlines' }, { status: 422, field: 'company' }],
      [{ website: 'javascript:alert(1)' }, { status: 422, field: 'website' }],
      [{ state: 'active' }, { status: 422, field: 'state' }],
    ] as const) {
      const { status, body } = await post('', { ...application, ...change })
      expect({ status, ...body }).toMatchObject(answer)
    }
    const given = await post('', application)
    expect(given.status).toBe(201)
    token = String(given.body.token)
    // No mail is set up here, so the link is shown, once.
    expect(given.body.link).toMatch(new RegExp(`^${site.url}/console/apply#application=`))
    const seen = await post('/view', { token })
    expect(seen.body).toMatchObject({
      state: 'applied',
      application: { company: 'Salt & Rope', email: 'ida@salt.example', isEmailConfirmed: false, talk: [] },
    })
    const byLink = String(given.body.link).split('=')[1]
    expect((await post('/view', { token: byLink })).body).toMatchObject({ state: 'applied' })
    expect((await post('/view', { token: 'x'.repeat(43) })).body).toMatchObject({ reason: 'link.ended' })
  })

  it('keeps documents that the virus check and the formats let through, for staff alone', async () => {
    expect(await upload(token, 'registration', 'run.exe')).toMatchObject({ status: 415 })
    expect(await upload(token, 'passport')).toMatchObject({ body: { reason: 'document.unknown' } })
    expect(await upload('x'.repeat(43), 'registration')).toMatchObject({ status: 404 })
    expect((await upload(token, 'registration')).body).toMatchObject({
      given: [{ label: 'Business registration', name: 'registration.png', verdict: null }],
    })
    const { vendors } = await everybody.priya.person.ask('listVendorProfiles', {})
    const applied = vendors.find(({ name }) => name === 'Salt & Rope')
    expect(applied).toMatchObject({ state: 'applied', members: 0, waitsFor: 'review' })
    vendorId = applied?.vendorId ?? ''
    const profile = await everybody.priya.person.ask('viewVendor', { vendorId })
    fileId = profile.documents[0]?.fileId ?? ''
    const open = async ({ headers }: Asker, part = '') =>
      (await fetch(`${site.url}/api/v1/files/${fileId}${part}`, { headers })).status
    for (const [name, asker] of Object.entries(everybody) as [string, Asker][]) {
      const isStaff = ['ines', 'daniel', 'priya', 'jonas'].includes(name)
      for (const part of ['', '/thumbnail'])
        expect([name, part, await open(asker, part)]).toEqual([name, part, isStaff ? 200 : 404])
    }
    expect((await fetch(`${site.url}/api/v1/files/${fileId}`)).status).toBe(401)
  })

  it('is reviewed with checklist and documents, asks for more, and needs a second person where the site wants one', async () => {
    const { priya, jonas } = everybody
    const wish = { vendorId, reason: 'Looks sound' }
    const ask = (who: Asker, more: object) =>
      who.person.ask('reviewVendor', { requestId: requestId(), ...wish, ...more } as never)
    const refusal = (who: Asker, more: object) =>
      who.person.refusal('reviewVendor', { requestId: requestId(), ...wish, ...more } as never)
    expect(await refusal(everybody.elin, { act: 'startReview' })).toEqual({ code: 'notAllowed' })
    expect(await refusal(priya, { act: 'approve' })).toMatchObject({
      code: 'invalid',
      reason: 'review.checklist',
    })
    await ask(priya, { act: 'startReview' })
    const asked = await ask(priya, { act: 'askForMore', reason: 'Which workshop makes them?' })
    expect(asked.link).toContain('/console/apply#application=')
    expect((await post('/view', { token })).body).toMatchObject({
      isAsked: true,
      application: { talk: [{ side: 'staff', by: 'Marlow', text: 'Which workshop makes them?' }] },
    })
    expect((await post('/answer', { token, text: 'Our own, in Esbjerg.' })).body).toMatchObject({
      isAsked: false,
    })
    const checked = rules.applications.checklist.map(({ id }) => id)
    expect(await refusal(priya, { act: 'approve', checked })).toMatchObject({ reason: 'review.documents' })
    const { documents } = await priya.person.ask('viewVendor', { vendorId })
    await priya.person.ask('checkVendorDocument', {
      requestId: requestId(),
      vendorId,
      documentId: documents[0]?.documentId ?? '',
      verdict: 'accepted',
      expiresOn: '2031-01-31',
    })
    await save({ needsSecondPerson: true })
    const first = await ask(priya, { act: 'approve', checked })
    expect(first.vendor).toMatchObject({
      state: 'underReview',
      application: { firstApproval: { by: 'Priya Raman' } },
    })
    expect(await refusal(priya, { act: 'approve', checked })).toEqual({
      code: 'notAllowed',
      reason: 'review.secondPerson',
    })
    const second = await ask(jonas, { act: 'approve', checked, externalId: 'seller-77' })
    expect(second.vendor).toMatchObject({
      state: 'probation',
      externalId: 'seller-77',
      vettedUntilAt: expect.any(String),
    })
    expect(second.link).toContain('/console/#invite=')
    const invited = { token: second.link?.split('=')[1] ?? '', password: 'rope and salt and rope' }
    const response = await fetch(`${site.url}/api/v1/invitations/accept`, {
      method: 'POST',
      headers: { 'content-type': 'application/json', origin: site.url, 'parley-csrf': '1' },
      body: JSON.stringify(invited),
    })
    expect(await response.json()).toMatchObject({
      me: { name: 'Ida Strand', vendorId, vendorState: 'probation' },
    })
  })

  it('that was refused says why, and can be sent again', async () => {
    const other = await post('', { ...application, company: 'Second try', email: 'second@salt.example' })
    const { vendors } = await everybody.priya.person.ask('listVendorProfiles', {})
    const { vendorId: second } = vendors.find(({ name }) => name === 'Second try') ?? { vendorId: '' }
    await everybody.priya.person.ask('reviewVendor', {
      requestId: requestId(),
      vendorId: second,
      act: 'refuse',
      reason: 'No products of your own',
    })
    const token = String(other.body.token)
    expect((await post('/view', { token })).body).toMatchObject({
      state: 'refused',
      reason: 'No products of your own',
    })
    expect((await post('/again', { token, text: 'Now there are.' })).body).toMatchObject({ state: 'applied' })
    expect((await post('/again', { token, text: 'Again' })).status).toBe(409)
  })

  it('is limited by address and by network', async () => {
    const again = { ...application, email: 'many@salt.example' }
    const answers: number[] = []
    for (let index = 0; index < 4; index += 1) answers.push((await post('', again)).status)
    expect(answers).toEqual([201, 201, 201, 429])
    let spent: { status: number; body: Record<string, unknown> } | undefined
    for (let index = 0; index < 20 && spent?.body.reason !== 'limit.applications'; index += 1)
      spent = await post('', { ...application, email: 'no address' })
    expect(spent).toMatchObject({ status: 429, body: { reason: 'limit.applications' } })
  })
})

describe('a picture of a training', () => {
  it('is its author’s until it is saved, and then opened by staff and vendors’ people alone', async () => {
    const { ines } = everybody
    const form = new FormData()
    const bytes = new Uint8Array(await picture(60, 40).png().toBuffer())
    form.set('file', new Blob([bytes], { type: 'image/png' }), 'bowl.png')
    const uploaded = await fetch(`${site.url}/api/v1/uploads`, {
      method: 'POST',
      headers: ines.headers,
      body: form,
    })
    const { fileId } = (await uploaded.json()) as { fileId: string }
    const opens = async () => {
      const open: string[] = []
      for (const [name, { headers }] of Object.entries(everybody))
        if ((await fetch(`${site.url}/api/v1/files/${fileId}`, { headers })).status === 200) open.push(name)
      return open
    }
    expect(await opens()).toEqual(['ines'])
    await ines.person.ask('saveTrainingModule', {
      requestId: requestId(),
      moduleId: null,
      title: 'Glazes',
      topicId: 'product',
      sections: [{ heading: 'Blue', body: '<p>Like this.</p>', picture: { fileId, alt: 'A blue bowl' } }],
      questions: [
        {
          text: 'Which?',
          choices: [
            { text: 'Blue', isRight: true },
            { text: 'Red', isRight: false },
          ],
        },
      ],
      passPercent: 100,
      attemptsPerDay: 3,
      certificateDays: 30,
      isPublished: false,
    })
    expect((await opens()).sort()).toEqual(['daniel', 'elin', 'ines', 'jonas', 'nils', 'priya'])
  })
})
