import { afterAll, afterEach, beforeAll, describe, expect, it } from 'vitest'
import type { Parts } from '../../app/parts.ts'
import { tokenHash } from '../../identity/index.ts'
import { openPostOffice, type PostOffice } from '../../notify/post-office.ts'
import { createTimers } from '../../storage/timers.ts'
import { createRoutingWorld, type RoutingWorld } from '../../testing/routing-world.ts'
import { engines } from '../../testing/site-world.ts'
import { apply, viewApplication } from '../review/apply.ts'
import { sweepVendors, weighVendors } from '../sweep.ts'
import { startLetters } from './letters.ts'

const day = 24 * 60 * 60_000
const siteName = 'Marlow <i>& "Co"</i>'
const written = 'Marlow &lt;i&gt;&amp; &quot;Co&quot;&lt;/i&gt;'

describe.each(engines)('letters to vendors (%s)', (engine) => {
  let office: PostOffice
  let world: RoutingWorld
  let ask: RoutingWorld['ask']
  let node: { parts: Parts; close(): void }
  beforeAll(async () => {
    office = await openPostOffice()
    world = await createRoutingWorld(engine, {
      SMTP_URL: `smtp://127.0.0.1:${office.port}`,
      MAIL_FROM: 'Marlow <chat@marlow.example>',
    })
    ask = world.ask
    await world.world.parts.database.query(
      `update sites set settings = jsonb_set(settings, '{branding,name}', $1::jsonb)`,
      [JSON.stringify(siteName)],
    )
    const { rules } = await ask('ines', 'viewVendorRules', {})
    const applications = { ...rules.applications, isOpen: true, documents: [], checklist: [] }
    await ask('ines', 'saveVendorRules', { rules: { ...rules, applications } })
    // A colleague of Elin's, one who has left, and nobody's business: Nils of another vendor.
    for (const name of ['Sol Berg', 'Tor Berg'])
      await ask('ines', 'inviteMember', {
        name,
        email: `${name.slice(0, 3).toLowerCase()}@kiln.example`,
        role: 'vendor',
        vendorId: 'ven_kiln',
      })
    const { members } = await ask('ines', 'listMembers', {})
    const tor = members.find(({ name }) => name === 'Tor Berg')?.memberId ?? ''
    await ask('ines', 'disableMember', { memberId: tor, isDisabled: true })
    node = startNode()
  })
  afterEach(() => {
    office.mood = 'takes'
    office.received.length = 0
  })
  afterAll(async () => {
    node?.close()
    await world?.close()
    await office?.close()
  })

  /** What sends: a node on the same database, as after a restart. */
  function startNode(): typeof node {
    const { database, clock, logger } = world.world.parts
    const parts = { ...world.world.parts, timers: createTimers({ database, clock, logger }) }
    return { parts, ...startLetters(parts) }
  }
  const send = () => node.parts.timers.runDue()
  async function later(ms: number): Promise<void> {
    world.world.clock.advance(ms)
    await send()
  }
  const toWhom = () => office.received.flatMap(({ to }) => to).sort()
  const titleOf = (text: string) => text.split('\r\n')[0] ?? ''
  const waiting = () =>
    world.world.parts.database.query(`select payload from timers where kind = 'vendorLetter'`)
  const ofKiln = ['elin@kiln.example', 'sol@kiln.example']
  const kiln = { vendorId: 'ven_kiln', reason: 'Asked to pay <script>elsewhere</script>' }

  let count = 0
  async function applied() {
    count += 1
    const email = `ida-${count}@salt.example`
    const told = {
      siteKey: 'marlow',
      company: `Salt <b>& "Rope"</b> ${count}`,
      contactName: 'Ida Strand',
      email,
      about: 'Hammocks',
      categories: [],
      termsVersion: 1,
    }
    const { token, link } = await apply(world.world.parts, told, '192.0.2.7')
    const { vendors } = await ask('priya', 'listVendorProfiles', {})
    const vendorId = vendors.find(({ name }) => name === told.company)?.vendorId ?? ''
    const review = (act: 'startReview' | 'askForMore' | 'approve' | 'refuse', reason: string) =>
      ask('priya', 'reviewVendor', { vendorId, act, reason })
    return { email, vendorId, token, link, review }
  }
  const linkIn = (index: number) => /https:\/\/\S+/.exec(office.received[index]?.text ?? '')?.[0] ?? ''
  const tokenIn = (index: number) => linkIn(index).split('application=')[1] ?? ''

  it('tell an applicant each step once, at the address it gave, and open the application', async () => {
    const { email, link, review } = await applied()
    expect(link).toBeNull()
    await send()
    expect(office.received[0]).toMatchObject({ to: [email], from: 'chat@marlow.example' })
    expect(await viewApplication(world.world.parts, tokenIn(0))).toMatchObject({
      state: 'applied',
      application: { isEmailConfirmed: true },
    })
    await review('startReview', 'Looking')
    expect((await review('askForMore', 'Which <b>rope</b>?')).link).toBeNull()
    await send()
    expect((await review('refuse', 'Rope is not sold here')).link).toBeNull()
    await later(day)
    expect(office.received.map(({ text }) => titleOf(text))).toEqual([
      `Your application to ${siteName}`,
      `${siteName} has a question`,
      `Your application to ${siteName} was not accepted`,
    ])
    expect(toWhom()).toEqual([email, email, email])
    expect(office.received[1]?.text).toContain('  Which <b>rope</b>?')
    expect(office.received[1]?.html).toContain('Which &lt;b&gt;rope&lt;/b&gt;?')
    expect(office.received[2]?.text).toContain('  Rope is not sold here')
    expect(await viewApplication(world.world.parts, tokenIn(2))).toMatchObject({ state: 'refused' })
    await expect(viewApplication(world.world.parts, tokenIn(1))).rejects.toThrow('link.ended')
  })

  it('show no name as anything but text', async () => {
    const { email, vendorId } = await applied()
    await ask('priya', 'reviewVendor', { vendorId, act: 'startReview', reason: 'Looking' })
    await ask('priya', 'reviewVendor', { vendorId, act: 'approve', reason: 'Good', to: 'active' })
    await ask('daniel', 'disciplineVendor', { vendorId, act: 'suspend', reason: kiln.reason })
    await send()
    const suspended = office.received.find(({ text }) => titleOf(text).includes('suspended'))
    expect(toWhom()).toEqual([email, email, email])
    for (const html of office.received.map((letter) => letter.html)) {
      expect(html).toContain(written)
      expect(html).not.toMatch(/<(b|i|script)>/)
    }
    expect(suspended?.html).toContain('Nobody of Salt &lt;b&gt;&amp; &quot;Rope&quot;&lt;/b&gt;')
    expect(suspended?.html).toContain('pay &lt;script&gt;elsewhere&lt;/script&gt;')
    expect(suspended?.text).toContain('\r\n  Asked to pay <script>elsewhere</script>\r\n')
  })

  it('tell each of a vendor’s people, and nobody else, what is decided, until when, and where to appeal', async () => {
    const untilAt = '2026-12-03T12:00:00.000Z'
    const act = (name: 'warn' | 'restrict' | 'suspend', until: string | null) =>
      ask('daniel', 'disciplineVendor', { ...kiln, act: name, untilAt: until })
    await act('warn', untilAt)
    await send()
    expect(toWhom()).toEqual(ofKiln)
    for (const { headers, to } of office.received) expect(headers.get('to')).toBe(to[0])
    expect(office.received[0]?.text).toContain('There is time to mend it until Thursday, 3 December 2026.')
    await act('restrict', untilAt)
    await send()
    expect(office.received[2]?.text).toContain('They are looked at again on Thursday, 3 December 2026.')
    await act('suspend', null)
    await send()
    expect(office.received[4]?.text).not.toMatch(/looked at again|2026/)
    for (const letter of office.received.slice(2)) {
      expect(letter.text).toContain('See why, and appeal:\r\nhttps://chat.example/console/vendors\r\n')
      expect(letter.text).not.toContain('Daniel')
    }
    await ask('elin', 'appealAsVendor', { text: 'It was a joke' })
    await ask('ines', 'decideVendorAppeal', { vendorId: 'ven_kiln', verdict: 'keep', reason: 'It was not' })
    await send()
    expect(await world.refusal('daniel', 'disciplineVendor', { ...kiln, act: 'lift' })).toMatchObject({
      code: 'conflict',
    })
    await later(day)
    expect(office.received).toHaveLength(8)
    expect(toWhom()).toEqual([...ofKiln, ...ofKiln, ...ofKiln, ...ofKiln].sort())
    await world.world.parts.database.query(`update vendors set state = 'active' where vendor_id = 'ven_kiln'`)
  })

  it('go out after the node that decided was killed, once, and not to who was sent away meanwhile', async () => {
    node.close()
    await ask('daniel', 'disciplineVendor', { ...kiln, act: 'warn' })
    expect(await waiting()).toHaveLength(2)
    const { members } = await ask('ines', 'listMembers', {})
    const sol = members.find(({ name }) => name === 'Sol Berg')?.memberId ?? ''
    await ask('ines', 'disableMember', { memberId: sol, isDisabled: true })
    node = startNode()
    const other = startNode()
    await Promise.all([send(), other.parts.timers.runDue()])
    other.close()
    await later(day)
    expect(toWhom()).toEqual(['elin@kiln.example'])
    expect(await waiting()).toEqual([])
    await ask('ines', 'disableMember', { memberId: sol, isDisabled: false })
  })

  it('hold the same link when they are sent again because nobody knows whether they arrived', async () => {
    office.mood = 'takesAndHangsUp'
    const { vendorId, review } = await applied()
    await send()
    office.mood = 'takes'
    await later(day)
    expect(office.received).toHaveLength(2)
    expect(new Set(office.received.map(({ headers }) => headers.get('message-id'))).size).toBe(1)
    expect(tokenIn(0)).toBe(tokenIn(1))
    expect(await viewApplication(world.world.parts, tokenIn(0))).toMatchObject({ state: 'applied' })

    office.received.length = 0
    await review('startReview', 'Looking')
    office.mood = 'takesAndHangsUp'
    await review('approve', 'Welcome')
    await send()
    const invitation = () => linkIn(0).split('invite=')[1] ?? ''
    const used = async () =>
      world.world.parts.database.query<{ used: boolean }>(
        `select used_at is not null as used from one_time_links where token_hash = $1`,
        [tokenHash(invitation())],
      )
    expect(await used()).toEqual([{ used: false }])
    await world.world.parts.database.query('update one_time_links set used_at = $1 where token_hash = $2', [
      world.world.clock.now(),
      tokenHash(invitation()),
    ])
    office.mood = 'takes'
    await later(day)
    expect(office.received).toHaveLength(2)
    expect(linkIn(1)).toBe(linkIn(0))
    expect(await used()).toEqual([{ used: true }])
    expect((await ask('priya', 'viewVendor', { vendorId })).state).not.toBe('applied')
  })

  it('are not written about what was undone', async () => {
    expect(await world.refusal('daniel', 'disciplineVendor', { ...kiln, act: 'endProbation' })).toMatchObject(
      {
        reason: 'vendor.state',
      },
    )
    await send()
    expect(office.received).toEqual([])
    expect(await waiting()).toEqual([])
  })

  it('tell of a step by rule as of one by a person, with the time there is to mend it', async () => {
    const { rules } = await ask('ines', 'viewVendorRules', {})
    const standing = { ...rules.standing, isOn: true, leastSample: 1, cureDays: 7 }
    await ask('ines', 'saveVendorRules', { rules: { ...rules, standing } })
    const conversationId = await world.startWith('omar', 'ven_nordvik')
    world.world.clock.advance(90 * 60_000)
    await weighVendors(world.world.parts, world.log)
    await weighVendors(world.world.parts, world.log)
    await send()
    expect(toWhom()).toEqual(['nils@nordvik.example'])
    expect(titleOf(office.received[0]?.text ?? '')).toBe(`A warning from ${siteName}`)
    expect(office.received[0]?.text).toMatch(/There is time to mend it until \w+, \d+ \w+ 2026\./)
    await ask('ines', 'saveVendorRules', { rules })
    await ask('ines', 'closeConversation', { conversationId, reason: 'Nobody there' })
  })

  it('say once that a training ends soon, and again for the next certificate', async () => {
    const training = {
      moduleId: null,
      title: 'Returns & <b>refunds</b>',
      topicId: null,
      sections: [{ heading: 'Thirty days', body: '<p>Every buyer.</p>', picture: null }],
      questions: [
        {
          text: 'How long?',
          choices: [
            { text: '30 days', isRight: true },
            { text: 'A week', isRight: false },
          ],
        },
      ],
      passPercent: 100,
      attemptsPerDay: 3,
      certificateDays: 60,
      isPublished: true,
    }
    const { moduleId } = await ask('ines', 'saveTrainingModule', training)
    const pass = () => ask('elin', 'takeTraining', { moduleId, version: 1, answers: [[0]] })
    const sweep = async (days: number) => {
      world.world.clock.advance(days * day)
      await sweepVendors(node.parts, world.log, world.world.clock.now())
      await send()
    }
    const told = () => office.received.filter(({ text }) => titleOf(text).includes('training'))
    await pass()
    await sweep(45)
    expect(told()).toEqual([])
    await sweep(2)
    await sweep(1)
    expect(told()).toHaveLength(1)
    expect(told()[0]?.to).toEqual(['elin@kiln.example'])
    expect(told()[0]?.text).toMatch(/“Returns & <b>refunds<\/b>” counts until \w+, \d+ \w+ 2027/)
    expect(told()[0]?.html).toContain('Returns &amp; &lt;b&gt;refunds&lt;/b&gt;')
    await pass()
    await sweep(1)
    expect(told()).toHaveLength(1)
    await sweep(50)
    expect(told()).toHaveLength(2)
    await ask('ines', 'saveTrainingModule', { ...training, moduleId, isPublished: false })
  })
})

describe('a server without SMTP', () => {
  it('writes nothing down to be sent, shows the link instead, and promises no letter', async () => {
    const world = await createRoutingWorld('embedded')
    const { parts } = world.world
    try {
      const { rules } = await world.ask('ines', 'viewVendorRules', {})
      const applications = { ...rules.applications, isOpen: true }
      await world.ask('ines', 'saveVendorRules', { rules: { ...rules, applications } })
      const told = {
        siteKey: 'marlow',
        company: 'Salt & Rope',
        contactName: 'Ida Strand',
        email: 'ida@salt.example',
        about: 'Hammocks',
        categories: [],
        termsVersion: 1,
      }
      expect((await apply(parts, told, '192.0.2.7')).link).toContain('/console/apply#application=')
      const kiln = { vendorId: 'ven_kiln', reason: 'Late' }
      await world.ask('daniel', 'disciplineVendor', { ...kiln, act: 'warn' })
      await parts.database.query(
        `insert into training_modules (site_id, module_id, version, title, content, pass_percent, attempts_per_day,
           certificate_days, is_published, saved_at, saved_by)
         values ('site_marlow', 'trn_1', 1, 'Returns', '{}', 50, 1, 10, true, $1, 'Ines')`,
        [parts.clock.now()],
      )
      await parts.database.query(
        `insert into training_certificates (site_id, member_id, module_id, version, attempt_id, given_at, expires_at)
         values ('site_marlow', 'mem_elin', 'trn_1', 1, 'att_1', $1, $2)`,
        [new Date(parts.clock.now().getTime() - 9 * day), new Date(parts.clock.now().getTime() + day)],
      )
      await sweepVendors(parts, world.log, parts.clock.now())
      expect(await parts.database.query(`select 1 from timers where kind = 'vendorLetter'`)).toEqual([])
      expect(await parts.database.query('select told_at from training_certificates')).toEqual([
        { told_at: null },
      ])
      expect(await world.ask('elin', 'viewOwnVendor', {})).toMatchObject({ hasMail: false })
      expect(() => startLetters(parts).close()).not.toThrow()
    } finally {
      await world.close()
    }
  })
})
