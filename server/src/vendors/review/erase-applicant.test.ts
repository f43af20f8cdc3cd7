import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { openPostOffice, type PostOffice } from '../../notify/post-office.ts'
import { everyFileIn } from '../../testing/every-file.ts'
import { everyRow } from '../../testing/every-row.ts'
import { type Marlow, type Person, startMarlow } from '../../testing/marlow.ts'
import { readZip } from '../../testing/read-zip.ts'
import { waitFor } from '../../testing/wait-for.ts'

const patiently = 30_000

describe('somebody who applied as a vendor', () => {
  let site: Marlow
  let office: PostOffice
  let ines: Person
  let priya: Person
  let vendorId = ''
  let token = ''
  beforeAll(async () => {
    office = await openPostOffice()
    site = await startMarlow('postgres', {
      RATE_LIMIT_FACTOR: '1000',
      SMTP_URL: `smtp://127.0.0.1:${office.port}`,
    })
    ;[ines, priya] = await Promise.all([site.member('ines'), site.member('priya')])
    const { rules } = await ines.ask('viewVendorRules', {})
    const applications = { ...rules.applications, isOpen: true, categories: ['Home'] }
    await ines.ask('saveVendorRules', { requestId: 'open-applications', rules: { ...rules, applications } })
  })
  afterAll(async () => {
    await site?.close()
    await office?.close()
  })

  const sql = () => site.world.parts.database
  const own = () => ({ origin: site.url, 'parley-csrf': '1' })
  async function post(
    path: string,
    body: unknown,
  ): Promise<{ status: number; body: Record<string, unknown> }> {
    const response = await fetch(`${site.url}/api/v1/applications${path}`, {
      method: 'POST',
      headers: { 'content-type': 'application/json', ...own() },
      body: JSON.stringify(body),
    })
    return { status: response.status, body: (await response.json()) as Record<string, unknown> }
  }
  const everyFile = () => everyFileIn(site.world.parts.config.dataDir)
  const exported = (cookie: string, id = vendorId) =>
    fetch(`${site.url}/api/v1/applicants/${id}/export`, { headers: { cookie } })

  it('leaves traces: an application, a document, talk with staff, letters and a record', async () => {
    const applied = await post('', {
      siteKey: 'marlow',
      company: 'Canary Company',
      contactName: 'Canary Name',
      email: 'canary-mail@salt.example',
      phone: '+45 canary-phone',
      website: 'https://canary-site.example',
      about: 'canary-about, paid with 4242 4242 4242 4242',
      categories: ['Home'],
      termsVersion: 1,
    })
    expect(applied.status).toBe(201)
    token = String(applied.body.token)
    const form = new FormData()
    form.set('conversationId', 'registration')
    form.set('file', new Blob(['canary-bytes'], { type: 'text/plain' }), 'canary-document.txt')
    const uploaded = await fetch(`${site.url}/api/v1/applications/documents`, {
      method: 'POST',
      headers: { ...own(), authorization: `Bearer ${token}` },
      body: form,
    })
    expect(uploaded.status).toBe(201)
    const { vendors } = await priya.ask('listVendorProfiles', {})
    vendorId = vendors.find(({ name }) => name === 'Canary Company')?.vendorId ?? ''
    const review = (requestId: string, act: 'startReview' | 'askForMore', reason: string) =>
      priya.ask('reviewVendor', { requestId, vendorId, act, reason })
    await review('start-review', 'startReview', 'canary-reason')
    await review('ask-for-more', 'askForMore', 'canary-question')
    await post('/answer', { token, text: 'canary-answer 4242-4242-4242-4242' })
    await waitFor(() => office.received.length >= 2, patiently)
    const rows = await everyRow(sql())
    for (const word of ['Canary Company', 'canary-about', 'canary-answer', 'canary-reason'])
      expect(rows).toContain(word)
    expect(rows).not.toMatch(/4242[ -]4242/)
    expect(await everyFile()).toContain('canary-bytes')
  })

  it('gets all of it, with the documents byte for byte, from an admin and on record', async () => {
    for (const name of ['priya', 'daniel', 'elin'] as const)
      expect([name, (await exported(await site.cookie(name))).status]).toEqual([name, 403])
    expect((await exported('')).status).toBe(401)
    const cookie = await site.cookie('ines')
    expect((await exported(cookie, 'ven_absent')).status).toBe(404)
    const response = await exported(cookie)
    expect(response.headers.get('content-type')).toBe('application/zip')
    const archive = readZip(Buffer.from(await response.arrayBuffer()))
    const told = JSON.parse(String(archive.get('application.json')))
    expect(told).toMatchObject({
      parley: 'applicant',
      vendorId,
      application: {
        contactName: 'Canary Name',
        email: 'canary-mail@salt.example',
        phone: '+45 canary-phone',
      },
      documents: [{ name: 'canary-document.txt' }],
    })
    expect(JSON.stringify(told)).toContain('canary-answer')
    expect(JSON.stringify(told)).not.toContain('Priya')
    expect(String(archive.get(`files/${told.documents[0].fileId} canary-document.txt`))).toBe('canary-bytes')
    const { entries } = await ines.ask('listAudit', { action: 'applicant' })
    expect(entries.map(({ action, object }) => [action, object])).toEqual([
      ['applicant.exported', `vendor:${vendorId}`],
    ])
  })

  it('is erased for good: no word in any table or file, a letter that waits is not sent, the audit still proves itself', async () => {
    const { timers, clock } = site.world.parts
    const later = new Date(clock.now().getTime() + 3_600_000)
    const letter = { mailId: 'mail_waits', matter: { kind: 'received' }, words: 'canary-waiting' }
    await timers.set(sql(), 'vendorLetter', 'mail_waits', later, {
      ...letter,
      siteId: 'site_marlow',
      vendorId,
    })
    const wish = (requestId: string) => ({ requestId, vendorId, reason: 'They asked' })
    expect(await ines.ask('eraseApplicant', wish('erase-applicant'))).toEqual({ documents: 1 })
    await waitFor(async () => !/canary/i.test(await everyFile()), patiently)
    await waitFor(
      async () => (await sql().query(`select 1 from files where state = 'swept'`)).length === 0,
      patiently,
    )
    const rows = (await everyRow(sql())).replace(/[^\x20-\x7e]+/g, ' ')
    expect(/.{60}canary.{60}/i.exec(rows)?.[0]).toBeUndefined()
    const [kept] = await sql().query('select * from vendor_applications where vendor_id = $1', [vendorId])
    expect(kept).toMatchObject({ email: '', email_digest: null, phone: null })
    expect(await ines.ask('verifyAudit', {})).toMatchObject({ fault: null })
    expect((await post('/view', { token })).body).toMatchObject({ reason: 'link.ended' })
    const profile = await ines.ask('viewVendor', { vendorId })
    expect(profile).toMatchObject({ name: 'Erased', state: 'refused', documents: [] })
    expect(await ines.refusal('eraseApplicant', wish('erase-again'))).toEqual({
      code: 'conflict',
      reason: 'person.erased',
    })
  })

  it('is erased after all who signed in for the shop, whose name stays with its buyers', async () => {
    const given = { phone: '+45 later-phone', categories: ['Home'], termsVersion: 1 }
    const applied = await post('', {
      ...given,
      siteKey: 'marlow',
      company: 'Salt & Rope',
      contactName: 'Later Name',
      email: 'later-mail@salt.example',
      about: 'later-about',
    })
    expect(applied.status).toBe(201)
    const form = new FormData()
    form.set('conversationId', 'registration')
    form.set('file', new Blob(['later-bytes'], { type: 'text/plain' }), 'later-document.txt')
    const headers = { ...own(), authorization: `Bearer ${applied.body.token}` }
    await fetch(`${site.url}/api/v1/applications/documents`, { method: 'POST', headers, body: form })
    const { vendors } = await priya.ask('listVendorProfiles', {})
    const id = vendors.find(({ name }) => name === 'Salt & Rope')?.vendorId ?? ''
    const erased = { vendorId: id, reason: 'They asked' }
    const review = { vendorId: id, reason: 'later-reason' }
    await priya.ask('reviewVendor', { ...review, requestId: 'later-review', act: 'startReview' })
    const [document] = (await priya.ask('viewVendor', { vendorId: id })).documents
    await priya.ask('checkVendorDocument', {
      requestId: 'later-document',
      vendorId: id,
      documentId: document?.documentId ?? '',
      verdict: 'accepted',
    })
    const { rules } = await ines.ask('viewVendorRules', {})
    const checked = rules.applications.checklist.map((one) => one.id)
    await priya.ask('reviewVendor', { ...review, requestId: 'later-approve', act: 'approve', checked })
    expect(await ines.refusal('eraseApplicant', { ...erased, requestId: 'erase-early' })).toEqual({
      code: 'conflict',
      reason: 'vendor.members',
    })
    const [person] = (await ines.ask('viewVendor', { vendorId: id })).people
    const memberId = person?.memberId ?? ''
    await ines.ask('disableMember', { requestId: 'later-disable', memberId, isDisabled: true })
    await ines.ask('eraseMember', { requestId: 'later-member', memberId, reason: 'They asked' })
    expect(await ines.ask('viewVendor', { vendorId: id })).toMatchObject({
      people: [],
      application: { email: '', isErased: false },
    })
    expect(await everyRow(sql())).toContain('later-about')
    expect(await ines.ask('eraseApplicant', { ...erased, requestId: 'erase-later' })).toEqual({
      documents: 1,
    })
    await waitFor(async () => !/later-bytes/.test(await everyFile()), patiently)
    await waitFor(
      async () => (await sql().query(`select 1 from files where state = 'swept'`)).length === 0,
      patiently,
    )
    const rows = (await everyRow(sql())).replace(/[^\x20-\x7e]+/g, ' ')
    const words = /.{60}later.(?:mail|about|phone|reason|document.txt|Name).{60}/i.exec(rows)
    expect(words?.[0]).toBeUndefined()
    expect(await ines.ask('viewVendor', { vendorId: id })).toMatchObject({
      name: 'Salt & Rope',
      documents: [],
      application: { isErased: true },
    })
    expect(await ines.ask('verifyAudit', {})).toMatchObject({ fault: null })
  })

  it('is not somebody whose people sign in', async () => {
    const wish = { requestId: 'erase-kiln', vendorId: 'ven_kiln', reason: 'They asked' }
    expect(await ines.refusal('eraseApplicant', wish)).toMatchObject({ code: 'notFound' })
  })

  it('keeps the record append-only for everything else', async () => {
    await expect(sql().query(`update vendor_states set why = 'Something else'`)).rejects.toThrow()
    await expect(
      sql().query(`update vendor_states set why = 'Erased', to_state = 'active' where vendor_id = $1`, [
        vendorId,
      ]),
    ).rejects.toThrow()
    await expect(sql().query('delete from vendor_states')).rejects.toThrow()
  })
})
