import { decodeProtectedHeader, jwtVerify } from 'jose'
import { afterAll, expect, test } from 'vitest'
import { buyers, marlow, orders, vendorMembers } from './cast.ts'
import { startDemo } from './demo-browser.ts'
import { identityToken } from './identity-token.ts'
import { findPerson } from './person.ts'

const { clock, createBrowser, browserOf, stop } = await startDemo()
afterAll(stop)

function verified(token: string) {
  return jwtVerify(token, new TextEncoder().encode(marlow.identitySecret), {
    audience: 'parley',
    issuer: 'marlow',
    currentDate: clock.now(),
  })
}

test('a buyer sees their own orders, and the order of somebody else is not found', async () => {
  const marta = await browserOf('marta')
  const list = await marta.read('/demo/orders')
  expect(list).toContain('Order 48213')
  expect(list).not.toContain('Order 47950')

  const own = await marta.open('/demo/orders/48213')
  expect(own.status).toBe(200)
  const page = await own.text()
  expect(page).toContain('Delivered on Saturday 21 November')
  expect(page).toContain('Return until 5 December')
  expect(page).toContain('€106.90')
  expect(page).toContain('"label":"Order 48213"')

  const foreign = await marta.open('/demo/orders/47950')
  const absent = await marta.open('/demo/orders/99999')
  const bodyWithoutNonce = async (response: Response) =>
    (await response.text()).replace(/nonce="[^"]*"/g, '').replace(/eyJ[\w.-]+/g, '')
  expect([foreign.status, absent.status]).toEqual([404, 404])
  expect(await bodyWithoutNonce(foreign)).toBe(await bodyWithoutNonce(absent))
  expect((await marta.open('/demo/orders/47950/return?item=prd_lamp')).status).toBe(404)
})

test('somebody signed out is asked who they are before any order is looked for', async () => {
  const browser = createBrowser()
  for (const orderId of ['48213', '99999']) {
    const response = await browser.open(`/demo/orders/${orderId}`)
    expect(response.status).toBe(303)
    expect(response.headers.get('location')).toBe(`/demo/sign-in?next=%2Fdemo%2Forders%2F${orderId}`)
  }
  const signedIn = await browser.submit('/demo/sign-in', { person: 'marta', next: '/demo/orders/48213' })
  expect(signedIn.headers.get('location')).toBe('/demo/orders/48213')
})

test('signing in never leads to another site', async () => {
  for (const next of [
    'https://evil.example/',
    '//evil.example',
    '/demo/../console',
    '/demo/\\evil.example',
  ]) {
    const response = await createBrowser().submit('/demo/sign-in', { person: 'marta', next })
    expect(response.headers.get('location')).toBe('/demo/orders')
  }
})

test('return and refund explain the next step without a script', async () => {
  const marta = await browserOf('marta')
  const page = await marta.read('/demo/orders/48213/return?item=prd_bowl')
  expect(page).toContain('Return the blue serving bowl')
  expect(page).toContain('You can send it back until 5 December.')
  expect(page).toContain('"intent":"return"')
  expect((await marta.open('/demo/orders/48213/refund?item=prd_lamp')).status).toBe(404)
})

test('a buyer gets a token that lists exactly their orders and lives ten minutes', async () => {
  const marta = findPerson('marta')
  if (!marta) throw new Error('Marta is in the cast')
  const token = await identityToken(marta, clock)
  const { payload } = await verified(token)
  expect(decodeProtectedHeader(token)).toMatchObject({ alg: 'HS256', kid: marlow.identityKeyId })
  expect(payload).toMatchObject({
    sub: buyers.marta.sub,
    role: 'buyer',
    name: buyers.marta.name,
    email: buyers.marta.email,
    email_verified: true,
    orders: [
      { id: '48377', vendorIds: ['ven_nordvik'], productIds: ['prd_satchel'], label: 'Order 48377' },
      {
        id: '48213',
        vendorIds: ['ven_kiln'],
        productIds: ['prd_pourover', 'prd_bowl'],
        label: 'Order 48213',
      },
    ],
  })
  expect(payload.vendorId).toBeUndefined()
  expect((payload.exp ?? 0) - (payload.iat ?? 0)).toBe(600)
  expect(payload.iat).toBe(clock.now().getTime() / 1000)
})

test('the tokens of all buyers together name every order once', async () => {
  const tokens = await Promise.all(
    Object.keys(buyers).map(async (key) => {
      const person = findPerson(key)
      if (!person) throw new Error(`${key} is in the cast`)
      return (await verified(await identityToken(person, clock))).payload
    }),
  )
  const ids = tokens.flatMap((payload) => (payload.orders as { id: string }[]).map((order) => order.id))
  expect(ids.sort()).toEqual(Object.keys(orders).sort())
})

test('a vendor member gets a token of the vendor, and it names no order of a buyer', async () => {
  const elin = await browserOf('elin')
  const response = await elin.open('/demo/identity-token')
  const { payload } = await verified(((await response.json()) as { token: string }).token)
  expect(payload).toMatchObject({
    sub: vendorMembers.elin.memberId,
    role: 'vendor',
    vendorId: 'ven_kiln',
    orders: [],
  })
  expect(await elin.read('/demo/orders')).toContain('Orders here are those of buyers')
})

test('a signed-in page carries the token and may not be stored; a fresh one can be fetched', async () => {
  const omar = await browserOf('omar')
  const response = await omar.open('/demo/')
  expect(response.headers.get('cache-control')).toBe('no-store')
  const token = /Parley\("identify", "([^"]+)"\)/.exec(await response.text())?.[1] ?? ''
  expect((await verified(token)).payload.sub).toBe(buyers.omar.sub)

  const fresh = await omar.open('/demo/identity-token')
  expect(fresh.headers.get('cache-control')).toBe('no-store')
  expect((await verified(((await fresh.json()) as { token: string }).token)).payload.sub).toBe(
    buyers.omar.sub,
  )
})

test('nobody signed in means no token', async () => {
  const response = await createBrowser().open('/demo/identity-token')
  expect(response.status).toBe(401)
  expect(response.headers.get('content-type')).toContain('application/problem+json')
  expect(await response.json()).toEqual({ type: 'about:blank', title: 'Nobody is signed in', status: 401 })
})

test('signing out leaves nothing of the person', async () => {
  const marta = await browserOf('marta')
  expect(await marta.read('/demo/')).toContain('Marta')
  await marta.submit('/demo/sign-out', {})
  expect(marta.hasCookie()).toBe(false)
  expect(await marta.read('/demo/')).not.toContain('Marta')
  expect((await marta.open('/demo/identity-token')).status).toBe(401)
})

test('a changed or foreign cookie signs nobody in', async () => {
  const marta = await browserOf('marta')
  const omar = Buffer.from(JSON.stringify({ person: 'omar', expiresAt: 9_999_999_999 })).toString('base64url')
  marta.forge((cookie) => cookie.replace(/=[^.]+/, `=${omar}`))
  expect((await marta.open('/demo/identity-token')).status).toBe(401)
  marta.forge(() => 'marlow_session=')
  expect((await marta.open('/demo/')).status).toBe(200)
})

test('a session ends after twelve hours', async () => {
  const marta = await browserOf('marta')
  expect((await marta.open('/demo/identity-token')).status).toBe(200)
  clock.advance(12 * 3_600_000 + 1000)
  expect((await marta.open('/demo/identity-token')).status).toBe(401)
})
