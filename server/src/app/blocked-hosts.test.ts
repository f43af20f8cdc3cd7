import type { CommandName, CommandWish } from '@parley/shared/protocol/commands.ts'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { buyers } from '../demo/cast.ts'
import { buyerOf, connectEverybody, type Everybody } from '../testing/everybody.ts'
import { type Marlow, type Person, startMarlow } from '../testing/marlow.ts'
import { rollOut } from '../testing/roll-out.ts'
import { waitFor } from '../testing/wait-for.ts'

const bad = 'Look: https://shop.bad.example/cups'
const words =
  'This link leads to bad.example, which this marketplace does not allow. Take it out and send again.'
const refused = { code: 'notAllowed', reason: 'terms.blockedHost', words }
let site: Marlow
let everybody: Everybody
let before: { withVendor: string; withSupport: string; heldId: string; maskedId: string }
beforeAll(async () => {
  site = await startMarlow('postgres', { RATE_LIMIT_FACTOR: '1000000' })
  everybody = await connectEverybody(site)
  const { marta, elin, daniel } = everybody
  const withVendor = await start(marta.person, { kind: 'vendor', vendorId: 'ven_kiln' })
  const withSupport = await start(marta.person, { kind: 'support' })
  const { messageId: heldId } = await elin.person.ask('sendMessage', says(withVendor, bad))
  const masked = 'Write to elin@bad.example'
  const { messageId: maskedId } = await elin.person.ask('sendMessage', says(withVendor, masked))
  before = { withVendor, withSupport, heldId, maskedId }
  await daniel.person.ask('joinConversation', { ...write(withVendor), reason: 'A look' })
  await block(everybody.ines.person, ['bad.example'])
})
afterAll(() => site?.close())

let count = 0
const requestId = () => {
  count += 1
  return `blocked-${count}`
}
const write = (conversationId: string) => ({ requestId: requestId(), conversationId })
const says = (conversationId: string, text: string) => ({ ...write(conversationId), text })
const begins = (
  to: CommandWish<'startConversation'>['with'],
  description: string,
  more: object = {},
): CommandWish<'startConversation'> => ({
  requestId: requestId(),
  with: to,
  answers: { ...(to.kind === 'support' ? { topic: 'account' } : {}), description },
  ...more,
})

async function start(person: Person, to: CommandWish<'startConversation'>['with']): Promise<string> {
  return (await person.ask('startConversation', begins(to, 'Is it oven-proof?'))).conversationId
}
async function block(admin: Person, blockedHosts: string[]): Promise<void> {
  const [now] = (await admin.ask('listTermRules', {})).versions
  if (!now) throw new Error('There are no rules')
  await admin.ask('saveTermRules', {
    requestId: requestId(),
    from: now.version,
    rules: { ...now.rules, blockedHosts },
  })
}
async function stored(): Promise<string> {
  const { database } = site.world.parts
  return JSON.stringify(await database.query('select payload from events order by conversation_id, seq'))
}

describe('a link to a host that the site has blocked', () => {
  it('is refused with the host named, whoever writes it and to whom, and nothing of it is stored', async () => {
    const { marta, elin, priya, daniel, ines } = everybody
    const { withVendor, withSupport } = before
    const was = await stored()
    for (const { person } of [marta, elin, daniel])
      expect(await person.refusal('sendMessage', says(withVendor, bad))).toEqual(refused)
    for (const { person } of [marta, priya, ines])
      expect(await person.refusal('sendMessage', says(withSupport, bad))).toEqual(refused)
    expect(await elin.byHttp('sendMessage', says(withVendor, bad))).toMatchObject({
      refusal: { reason: 'terms.blockedHost', detail: words },
    })
    expect(await stored()).toBe(was)
  })

  it.each([
    ['a first message', () => begins({ kind: 'vendor', vendorId: 'ven_kiln' }, bad)],
    ['an answer of a form', () => begins({ kind: 'support' }, bad, { text: 'Hello' })],
    [
      'the page it is said to be about',
      () => begins({ kind: 'support' }, 'Hello', { about: { page: { url: 'https://bad.example/x' } } }),
    ],
  ])('begins no conversation in %s', async (_where, wish) => {
    const was = await stored()
    expect(await everybody.marta.person.refusal('startConversation', wish())).toEqual(refused)
    expect(await stored()).toBe(was)
  })

  it('comes out by no act of a moderator: whisper, rejection, release or restored original', async () => {
    const { person } = everybody.daniel
    const { withVendor, heldId, maskedId } = before
    const because = { reason: 'For a test' }
    const was = await stored()
    const ask = <N extends CommandName>(name: N, wish: CommandWish<N>) =>
      person.refusal(name, wish).then((refusal) => expect(refusal, name).toEqual(refused))
    await ask('whisper', { ...says(withVendor, bad), ...because })
    await ask('rejectMessage', { ...write(withVendor), messageId: heldId, words: bad, ...because })
    await ask('releaseMessage', { ...write(withVendor), messageId: heldId, ...because })
    await ask('restoreMessage', { ...write(withVendor), messageId: maskedId, ...because })
    expect(await stored()).toBe(was)
  })

  it('stands in no rating and in no words of a vendor’s about a transfer', async () => {
    const { marta, elin } = everybody
    const conversationId = await start(marta.person, { kind: 'vendor', vendorId: 'ven_kiln' })
    const to = { kind: 'queue', queueId: 'que_payments' } as const
    expect(
      await elin.person.refusal('transferConversation', { ...write(conversationId), to, reason: bad }),
    ).toEqual(refused)
    await marta.person.ask('closeConversation', write(conversationId))
    expect(
      await marta.person.refusal('rateConversation', { ...write(conversationId), stars: 1, words: bad }),
    ).toEqual(refused)
  })

  it('may be told to the marketplace: in a report, a note and a reason', async () => {
    const { marta, daniel } = everybody
    const { withVendor, heldId } = before
    await marta.person.ask('reportConversation', { ...write(withVendor), reason: bad })
    await daniel.person.ask('addNote', says(withVendor, bad))
    await daniel.person.ask('rejectMessage', {
      ...write(withVendor),
      messageId: heldId,
      words: 'No',
      reason: bad,
    })
  })

  it('is refused in rooms, and in the name that the marketplace’s server gives to one', async () => {
    const { ines, elin } = everybody
    for (const feature of ['rooms.vendors', 'rooms.buyers'] as const)
      await rollOut(ines.person, feature, { sharePercent: 100 })
    const wish = (text: string) => ({ requestId: requestId(), vendorId: 'ven_nordvik', text })
    await waitFor(
      async () => (await elin.person.refusal('startVendorRoom', wish(bad))).reason === refused.reason,
    )
    const { conversationId } = await elin.person.ask('startVendorRoom', wish('Hello'))
    expect(await elin.person.refusal('sendMessage', says(conversationId, bad))).toEqual(refused)
    const { secret } = await ines.person.ask('createApiKey', {
      requestId: requestId(),
      name: 'Shop',
      scopes: ['rooms.write'],
    })
    const members = [buyers.marta, buyers.omar].map(({ sub, name }) => ({ sub, name }))
    const response = await fetch(`${site.url}/api/v1/commands/openBuyerRoom`, {
      method: 'POST',
      headers: { 'content-type': 'application/json', authorization: `Bearer ${secret}` },
      body: JSON.stringify({ requestId: requestId(), name: 'bad.example', members }),
    })
    expect(await response.json()).toMatchObject({ reason: 'terms.blockedHost' })
  })

  it('is told of in the language of whoever writes', async () => {
    const omar = await buyerOf(site, 'omar')
    const { database } = site.world.parts
    await database.query(`update visitors set locale = 'de-AT' where contact_id = 'con_omar'`)
    const wish = begins({ kind: 'support' }, bad)
    expect((await omar.person.refusal('startConversation', wish)).words).toBe(
      'Dieser Link führt zu bad.example; das lässt dieser Marktplatz nicht zu. Nehmen Sie ihn heraus und senden Sie noch einmal.',
    )
    omar.person.close()
  })

  it('goes out on another site, and here once the host is taken off', async () => {
    const { secondAdmin, secondAnonymous, marta, ines } = everybody
    const { versions } = await secondAdmin.person.ask('listTermRules', {})
    expect(versions[0]?.rules.blockedHosts).toEqual([])
    const answers = { role: 'buyer', name: 'Guest', topic: 'product', description: bad }
    await secondAnonymous.person.ask('startConversation', {
      requestId: requestId(),
      with: { kind: 'support' },
      answers,
    })
    await block(ines.person, [])
    await marta.person.ask('sendMessage', says(before.withSupport, bad))
    await block(ines.person, ['bad.example'])
  })

  it('stops at the page between a stranger’s link and its address, which holds no host to read', async () => {
    const page = async (key: string) => (await fetch(`${site.url}/w/${key}/leave`)).text()
    const html = await page('marlow')
    expect(html).not.toContain('bad.example')
    expect(/data-blocked="([^"]*)"/.exec(html)?.[1]).toMatch(/^[\w+/]{12}$/)
    const other = (await everybody.secondAdmin.person.ask('viewSite', {})).siteKey
    expect(/data-blocked="([^"]*)"/.exec(await page(other))?.[1]).toBe('')
  })
})
