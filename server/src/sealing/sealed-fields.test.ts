import { randomBytes } from 'node:crypto'
import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { systemClock } from '../clock.ts'
import { eventsAfter, findHeld, hiddenAnswers } from '../conversations/index.ts'
import { buyers } from '../demo/cast.ts'
import { peopleLike } from '../erasure/store.ts'
import { findContact } from '../intake/store.ts'
import { openPostOffice, type PostOffice } from '../notify/post-office.ts'
import { freshPostgresUrl } from '../testing/database.ts'
import { everyRow } from '../testing/every-row.ts'
import { expectFoldToMatchStore } from '../testing/fold-matches-store.ts'
import { openLog } from '../testing/given-conversation.ts'
import { type Marlow, type Person, startMarlow } from '../testing/marlow.ts'
import { createSiteWorld, type Shared, type SiteWorld } from '../testing/site-world.ts'
import { waitFor } from '../testing/wait-for.ts'
import { appliedSince, findApplication } from '../vendors/review/application-store.ts'
import { defaultRules } from '../vendors/rules/default-rules.ts'
import { registerSealing } from './index.ts'
import { sealRows } from './seal-rows.ts'
import { notePass, passWith } from './store.ts'

const siteId = 'site_marlow'
const strangersMail = 'Sam.Canary@post.example'
const phone = '+351 912 004 471'
const otherPhone = '0912 555 873'
const applicant = { email: 'ida.canary@salt.example', phone: '+351 933 777 120' }
const addresses = Object.values(buyers).map(({ email }) => email)
/** However it is written, in any row of any table. */
const clear = new RegExp(
  [strangersMail, applicant.email, applicant.phone, ...addresses, phone, otherPhone]
    .map((way) => way.replace(/[.+]/g, '\\$&'))
    .join('|'),
  'i',
)
const [keyBefore, keyNow] = [randomBytes(32).toString('hex'), randomBytes(32).toString('hex')]

let requests = 0
const requestId = () => {
  requests += 1
  return `sealed-${requests}`
}

let office: PostOffice
let shared: Shared
let site: Marlow
let ines: Person
let priya: Person
let sam: Person
let samsId: string
let conversationId: string
beforeAll(async () => {
  office = await openPostOffice()
  shared = {
    databaseUrl: await freshPostgresUrl(),
    folder: await mkdtemp(join(tmpdir(), 'parley-sealed-')),
  }
  const SMTP_URL = `smtp://127.0.0.1:${office.port}`
  site = await startMarlow('postgres', { SECRET_KEY: keyBefore, SMTP_URL, RATE_LIMIT_FACTOR: '1000' }, shared)
  ;[ines, priya] = await Promise.all([site.member('ines'), site.member('priya')])
  sam = await site.visitor()
  samsId = sam.connection.readerId ?? ''
  world = await openWorld({ SECRET_KEY: keyBefore })
})
afterAll(async () => {
  await world?.close()
  await office?.close()
  if (shared) await rm(shared.folder, { recursive: true, force: true })
})

let world: SiteWorld
const sql = () => world.parts.database
const openWorld = (keys: Record<string, string>) =>
  createSiteWorld('postgres', { PUBLIC_URL: 'http://localhost', ...keys }, systemClock, shared)
async function under<T>(keys: Record<string, string>, look: (world: SiteWorld) => Promise<T>): Promise<T> {
  const other = await openWorld(keys)
  return look(other).finally(() => other.close())
}

const findIn = (rows: string) => new RegExp(`.{0,60}(${clear.source}).{0,20}`, 'i').exec(rows)?.[0]
const found = async (search: string, { parts } = world) =>
  (await peopleLike(parts.database, siteId, search, 10)).map((row) => row.contact_id)
/** All that the log and the fold say of it, as the product reads it. */
const read = async ({ parts } = world) => ({
  events: await eventsAfter(parts.database, conversationId, 'staff', 0, 100),
  held: await findHeld(parts.database, conversationId),
})

/** As the version before has left it: the very same values, in clear. */
async function writeInClear(): Promise<void> {
  const { events, held } = await read()
  for (const { positions, payload, fingerprint } of events)
    await sql().query(
      'update events set payload = $3::jsonb, fingerprint = $4 where conversation_id = $1 and seq = $2',
      [conversationId, positions.staff, JSON.stringify(payload), fingerprint],
    )
  await sql().query(
    `update conversations set state = jsonb_set(state, '{answers}', $2::jsonb) where conversation_id = $1`,
    [conversationId, JSON.stringify(held?.conversation.answers)],
  )
  for (const { sub, email } of Object.values(buyers))
    await sql().query('update contacts set email = $2, email_digest = null where sub = $1', [sub, email])
  await sql().query(
    `update vendor_applications set email = $1, phone = $2, email_digest = null where company = 'Salt & Rope'`,
    [applicant.email, applicant.phone],
  )
}

const application = async ({ parts } = world) => {
  const [row] = await sql().query<{ vendor_id: string }>(
    `select vendor_id from vendor_applications where company = 'Salt & Rope'`,
  )
  return findApplication(parts.database, siteId, row?.vendor_id ?? '')
}

/** The next turn of the job, on a process with these keys. */
const sealWith = (keys: Record<string, string>) =>
  under(keys, async ({ parts }) => {
    registerSealing(parts)
    await parts.timers.set(sql(), 'sealFields', 'all', new Date(0))
    expect(await parts.timers.runDue()).toBe(1)
  })
const againInMinutes = async () => {
  const [timer] = await sql().query<{ minutes: number }>(
    `select round(extract(epoch from due_at - now()) / 60)::int as minutes from timers where kind = 'sealFields'`,
  )
  return timer?.minutes
}

describe('a way to a buyer', () => {
  // What follows turns the keys, and does what a job does by itself.
  afterAll(() => site?.close())

  it('stands in no row of any table, whether it was signed, given in a form or asked about', async () => {
    const { siteId: _siteId, siteKey: _siteKey, ...settings } = await ines.ask('viewSite', {})
    const asked = { type: 'text', isRequired: false } as const
    const fields = [
      ...settings.intake.support.fields,
      { ...asked, id: 'phone', label: 'Phone', isPrivate: false },
      { ...asked, id: 'other', label: 'Mobile', isPrivate: true },
    ]
    const intake = { ...settings.intake, support: { fields } }
    await ines.ask('saveSite', { requestId: requestId(), settings: { ...settings, intake } })
    await site.buyer('marta')
    ;({ conversationId } = await sam.ask('startConversation', {
      requestId: requestId(),
      with: { kind: 'support' },
      answers: {
        role: 'buyer',
        name: 'Sam',
        topic: 'product',
        email: strangersMail,
        phone,
        other: otherPhone,
        description: 'Where is it?',
      },
    }))
    await priya.ask('takeConversation', { requestId: requestId(), conversationId })
    await sam.ask('requestTranscript', { requestId: requestId(), conversationId, email: strangersMail })
    await waitFor(() => office.received.some(({ to }) => to.includes(strangersMail)))
    const { applications, ...rules } = defaultRules
    await ines.ask('saveVendorRules', {
      requestId: requestId(),
      rules: { ...rules, applications: { ...applications, isOpen: true, documents: [] } },
    })
    const { termsVersion } = (await (await fetch(`${site.url}/api/v1/applications/marlow`)).json()) as {
      termsVersion: number
    }
    const response = await fetch(`${site.url}/api/v1/applications`, {
      method: 'POST',
      headers: { 'content-type': 'application/json', origin: site.url, 'parley-csrf': '1' },
      body: JSON.stringify({
        siteKey: 'marlow',
        company: 'Salt & Rope',
        contactName: 'Ida',
        ...applicant,
        about: 'Ropes',
        categories: [],
        termsVersion,
      }),
    })
    expect(response.status).toBe(201)
    await waitFor(() => office.received.some(({ to }) => to.includes(applicant.email)))
    expect(findIn(await everyRow(sql()))).toBeUndefined()
    const prints = await sql().query<{ fingerprint: string }>(
      `select fingerprint from events where conversation_id = $1
         and type in ('conversationStarted', 'transcriptRequested')`,
      [conversationId],
    )
    expect(prints).toHaveLength(2)
    for (const { fingerprint } of prints) expect(fingerprint).toMatch(/^[\w-]{8}\.[\w-]{40,}$/)
  })

  it('is read as before: whole by its owner, masked by staff, shown for a reason, found by all of it', async () => {
    await expectFoldToMatchStore(site, conversationId, [])
    const own = JSON.stringify(await sam.ask('readConversation', { conversationId }))
    for (const way of [strangersMail, phone, otherPhone]) expect(own).toContain(way)
    expect(JSON.stringify(await priya.ask('readConversation', { conversationId }))).not.toMatch(clear)
    for (const [field, value] of Object.entries({ email: strangersMail, phone, other: otherPhone }))
      expect(
        await priya.ask('revealContact', {
          requestId: requestId(),
          conversationId,
          field,
          reason: 'To call back',
        }),
      ).toEqual({ value })
    expect(await found(strangersMail.toUpperCase())).toEqual([samsId])
    expect(await found('MARTA@studio.example')).toEqual(['con_marta'])
    expect(await found('marta@studio')).toEqual([])
    expect(await application()).toMatchObject(applicant)
    const { contact } = await ines.ask('exportPerson', { contactId: 'con_marta' })
    expect(contact).toMatchObject({ email: buyers.marta.email })
  })

  it('opens in its own place alone', async () => {
    await sql().query(
      `update contacts set email = (select email from contacts where contact_id = 'con_marta')
       where contact_id = 'con_omar'`,
    )
    expect(await findContact(sql(), siteId, 'con_omar')).toMatchObject({ email: null })
    expect(await findContact(sql(), siteId, 'con_marta')).toMatchObject({ email: buyers.marta.email })
  })
})

describe('what an older version has left in clear', () => {
  it('is read and found as it is, then sealed once, and nothing of it reads otherwise', async () => {
    const before = await read()
    await writeInClear()
    expect(findIn(await everyRow(sql()))).toBeDefined()
    expect(await read()).toEqual(before)
    expect(await found(strangersMail)).toEqual([samsId])
    expect(await found(buyers.omar.email)).toEqual(['con_omar'])
    await sealWith({ SECRET_KEY: keyBefore })
    expect(findIn(await everyRow(sql()))).toBeUndefined()
    expect(await read()).toEqual(before)
    expect(await application()).toMatchObject(applicant)
    expect(await found(strangersMail)).toEqual([samsId])
    expect(await found(buyers.omar.email)).toEqual(['con_omar'])
  })

  it('is looked for again in an hour, since processes of that version may still write', async () => {
    await writeInClear()
    expect(await againInMinutes()).toBe(60)
    await sealWith({ SECRET_KEY: keyBefore })
    expect(findIn(await everyRow(sql()))).toBeUndefined()
    // Nothing any more; and once more for what began since then alone.
    for (const minutes of [60, undefined]) {
      await sealWith({ SECRET_KEY: keyBefore })
      expect(await againInMinutes()).toBe(minutes)
    }
  })

  it('is gone on with where it was when a process stops, and by one process only', async () => {
    await writeInClear()
    await sql().query('delete from sealed_fields')
    await world.parts.timers.set(sql(), 'sealFields', 'all', new Date(0))
    const { keyId } = sql().seal
    const pass = await passWith(sql(), keyId, new Date())
    const { found: first, next } = await sealRows(sql(), pass, 1)
    expect([first, next?.contactsTo]).toEqual([1, [siteId, 'con_marta']])
    if (next) await notePass(sql(), keyId, next, first)
    expect(await passWith(sql(), keyId, new Date())).toEqual(next)
    const ran = await under({ SECRET_KEY: keyBefore }, (one) =>
      under({ SECRET_KEY: keyBefore }, (other) =>
        Promise.all(
          [one, other].map(({ parts }) => {
            registerSealing(parts)
            return parts.timers.runDue()
          }),
        ),
      ),
    )
    expect(ran.toSorted()).toEqual([0, 1])
    expect(findIn(await everyRow(sql()))).toBeUndefined()
  })
})

describe('after SECRET_KEY was changed', () => {
  it('everything opens and is found by both keys, is sealed anew, and needs the old one no more', async () => {
    const before = await read()
    const both = { SECRET_KEY: keyNow, SECRET_KEY_BEFORE: keyBefore }
    const look = async (world: SiteWorld) => ({
      ...(await read(world)),
      marta: (await findContact(world.parts.database, siteId, 'con_marta'))?.email,
      people: await found(buyers.marta.email, world),
      strangers: await found(strangersMail, world),
      applied: (await appliedSince(world.parts.database, siteId, applicant.email, new Date(0))).byEmail,
      applicant: (await application(world))?.phone,
    })
    const whole = {
      ...before,
      marta: buyers.marta.email,
      people: ['con_marta'],
      strangers: [samsId],
      applied: 1,
      applicant: applicant.phone,
    }
    expect(await under(both, look)).toEqual(whole)
    await sealWith(both)
    expect(await under(both, look)).toEqual(whole)
    expect(await under({ SECRET_KEY: keyNow }, look)).toEqual(whole)
    expect(findIn(await everyRow(sql()))).toBeUndefined()
  })

  it('without the old one what does not open is left out, the rest is read, and nothing is lost by it', async () => {
    const lost = { SECRET_KEY: randomBytes(32).toString('hex') }
    const { events, held } = await under(lost, read)
    expect(events.map(({ type }) => type)).toContain('messageSent')
    expect(JSON.stringify(events)).not.toMatch(clear)
    const details = events.find(({ type }) => type === 'contactDetailsGiven')
    expect(details?.payload).toEqual({
      answers: [{ fieldId: 'other', label: 'Mobile', value: '•••', isMasked: true }],
    })
    expect(held?.conversation.answers).toContainEqual({
      fieldId: 'phone',
      label: 'Phone',
      value: '•••',
      isMasked: true,
    })
    // Neither the job nor a whole row that such a process writes makes anything of it.
    await sealWith(lost)
    await under(lost, async ({ parts }) => {
      await openLog(parts).append({
        actor: { kind: 'system', siteId, rule: 'test' },
        conversationId,
        requestId: null,
        content: null,
        decide: () => [{ type: 'conversationClosed', payload: { why: 'ended' } }],
      })
    })
    await under({ SECRET_KEY: keyNow }, async (world) => {
      expect((await read(world)).held?.conversation.answers).toContainEqual({
        fieldId: 'phone',
        label: 'Phone',
        value: phone,
      })
      expect(await hiddenAnswers(world.parts.database, conversationId)).toMatchObject([{ value: otherPhone }])
    })
  })
})
