import { decodeJwt } from 'jose'
import { afterAll, expect, test } from 'vitest'
import { passesLuhn } from './card.ts'
import { startDemo } from './demo-browser.ts'

const { createBrowser, browserOf, stop } = await startDemo()
afterAll(stop)

test('registration says what is wrong beside each field and keeps what was typed', async () => {
  const browser = createBrowser()
  const response = await browser.submit('/demo/register', {
    name: 'Ana "Nia" <b>',
    email: 'ana@studio',
    password: 'too short',
    failures: '0',
  })
  const page = await response.text()
  expect(response.status).toBe(422)
  expect(page).toContain('value="Ana &quot;Nia&quot; &lt;b&gt;"')
  expect(page).toContain('value="ana@studio"')
  expect(page).toContain('This e-mail is not complete. Example: marta@studio.com')
  expect(page).toContain('This password is too short. Use at least 12 characters.')
  expect(page).toContain('Tick this to go on.')
  expect(page).toContain('3 fields need another look')
  expect(page).not.toContain('too short"')
  expect(page).not.toContain('registration_failed", {')
  expect(browser.hasCookie()).toBe(false)
})

test('only the third registration that fails is told to the chat, with the field and not its text', async () => {
  const told = await Promise.all(
    ['0', '1', '2', '3'].map(async (failures) => {
      const fields = {
        name: 'Ana',
        email: 'secret@place',
        password: 'a long enough one',
        terms: 'yes',
        failures,
      }
      const page = await (await createBrowser().submit('/demo/register', fields)).text()
      return /Parley\("track", "registration_failed", (\{[^}]*\})\)/.exec(page)?.[1]
    }),
  )
  expect(told).toEqual([undefined, undefined, '{"field":"email"}', undefined])
})

test('somebody new is signed in with an e-mail that nobody has verified, and owns no order', async () => {
  const browser = createBrowser()
  const fields = {
    name: 'Ana Prado',
    email: 'ana@studio.example',
    password: 'a long enough one',
    terms: 'yes',
  }
  expect((await browser.submit('/demo/register', fields)).status).toBe(303)
  expect(await browser.read('/demo/orders')).toContain('No orders yet')
  const { token } = (await (await browser.open('/demo/identity-token')).json()) as { token: string }
  expect(decodeJwt(token)).toMatchObject({
    name: 'Ana Prado',
    email_verified: false,
    orders: [],
  })
})

test('the e-mail of somebody else cannot be registered', async () => {
  const fields = {
    name: 'Not Marta',
    email: 'MARTA@studio.example',
    password: 'a long enough one',
    terms: 'yes',
  }
  const response = await createBrowser().submit('/demo/register', fields)
  expect(response.status).toBe(422)
  expect(await response.text()).toContain('There is already an account with this e-mail.')
})

const card = { holder: 'Marta Oliveira', expiry: '09/29', code: '123' }

test('a declined card is told calmly, to the chat by its class, and no number comes back', async () => {
  const marta = await browserOf('marta')
  const response = await marta.submit('/demo/membership', { ...card, number: '4000 0000 0000 0002' })
  const page = await response.text()
  expect(response.status).toBe(402)
  expect(page).toContain('Your bank said no. No money was taken.')
  expect(page).toContain('Parley("track", "payment_declined", {"declineClass":"insufficient_funds"})')
  expect(page).toContain('value="Marta Oliveira"')
  expect(page.match(/4000 0000 0000 0002/g)).toHaveLength(1)
  expect(page).not.toContain('value="123"')
  expect(await marta.read('/demo/membership')).toContain('Join Marlow Circle')
})

test('an accepted card makes a member, and signing out ends it', async () => {
  const browser = createBrowser()
  const response = await browser.submit('/demo/membership', { ...card, number: '4242-4242-4242-4242' })
  expect(response.status).toBe(303)
  expect(await browser.read('/demo/membership')).toContain('You are a member since 22 November')
  expect(await browser.read('/demo/products/prd_belt')).toContain('Free with the Circle, from Bergen')
  await browser.submit('/demo/sign-out', {})
  expect(await browser.read('/demo/membership')).toContain('Join Marlow Circle')
})

test('a card with a slip in its number, or one that has run out, is not sent to the bank', async () => {
  const browser = createBrowser()
  const slip = await browser.submit('/demo/membership', { ...card, number: '4242 4242 4242 4241' })
  expect(slip.status).toBe(422)
  expect(await slip.text()).toContain('This number has a slip in it.')
  const old = await browser.submit('/demo/membership', {
    ...card,
    number: '4242424242424242',
    expiry: '10/26',
  })
  expect(await old.text()).toContain('This card has run out.')
  const last = await browser.submit('/demo/membership', {
    ...card,
    number: '4242424242424242',
    expiry: '11/26',
  })
  expect(last.status).toBe(303)
})

test('the check digit finds one wrong digit and refuses what is no card number', () => {
  expect(passesLuhn('5555 5555 5555 4444')).toBe(true)
  expect(passesLuhn('5555 5555 5555 4445')).toBe(false)
  expect(passesLuhn('0000')).toBe(false)
  expect(passesLuhn('4242x4242x4242x4242')).toBe(false)
})

test('a hostile name cannot end the script that carries the token, nor any attribute', async () => {
  const browser = createBrowser()
  const name = '</script><script>alert(1)</script>"'
  await browser.submit('/demo/register', {
    name,
    email: 'ana@studio.example',
    password: 'a long enough one',
    terms: 'yes',
  })
  const page = await browser.read('/demo/')
  expect(page).toContain('title="&lt;/script&gt;')
  expect(page).not.toContain('<script>alert')
})

test('a form from another site changes nothing', async () => {
  const marta = await browserOf('marta')
  const bySite = await marta.submit('/demo/sign-out', {}, { 'sec-fetch-site': 'cross-site' })
  const byOrigin = await marta.submit('/demo/sign-out', {}, { origin: 'https://evil.example' })
  expect([bySite.status, byOrigin.status]).toEqual([403, 403])
  expect(marta.hasCookie()).toBe(true)
})

test('an absent page, an absent file and a body too large are refused in words', async () => {
  const browser = createBrowser()
  for (const path of [
    '/demo/none',
    '/demo/products/__proto__',
    '/demo/department/constructor',
    '/demo/assets/..%2fcast.ts',
  ]) {
    const response = await browser.open(path)
    expect(response.status, path).toBe(404)
    expect(await response.text()).toContain('This page is not here')
  }
  const large = await browser.submit('/demo/register', { name: 'a'.repeat(20_000) })
  expect(large.status).toBe(413)
  expect(await large.text()).toContain('We could not read that')
})
