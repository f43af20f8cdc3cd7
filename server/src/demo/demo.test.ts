import { afterAll, expect, test } from 'vitest'
import { marlow, products, vendors } from './cast.ts'
import { publicUrl, startDemo } from './demo-browser.ts'

const { createBrowser, browserOf, stop } = await startDemo()
afterAll(stop)

const pages = [
  '/demo',
  '/demo/',
  '/demo/department/kitchen',
  '/demo/department/gifts',
  '/demo/search?q=blue',
  '/demo/sign-in',
  '/demo/register',
  '/demo/membership',
  '/demo/chat-tag',
  ...Object.values(vendors).map((vendor) => `/demo/vendors/${vendor.vendorId}`),
  ...Object.values(products).map((product) => `/demo/products/${product.productId}`),
]

test.each(pages)('%s answers, carries the tag, and names nothing that is not served', async (path) => {
  const browser = createBrowser()
  const response = await browser.open(path)
  const page = await response.text()
  expect(response.status).toBe(200)
  expect(page).toContain(`<script async src="${publicUrl}/w/${marlow.siteKey}.js"></script>`)
  expect(page).not.toContain("Parley('identify'")
  const assets = [
    ...new Set([...page.matchAll(/(?:src|href)="(\/demo\/assets\/[^"]+)"/g)].map((match) => match[1])),
  ]
  expect(assets.length).toBeGreaterThan(2)
  for (const asset of assets) {
    const answer = await browser.open(asset ?? '')
    expect(answer.status, asset).toBe(200)
    expect(answer.headers.get('cache-control')).toContain('immutable')
    await answer.arrayBuffer()
  }
})

test('every link inside the shop leads somewhere', async () => {
  const browser = await browserOf('marta')
  const seen = new Set<string>()
  const waiting = ['/demo/']
  while (waiting.length > 0 && seen.size < 200) {
    const path = waiting.pop() ?? ''
    if (seen.has(path)) continue
    seen.add(path)
    const response = await browser.open(path)
    expect(response.status, path).toBe(200)
    const page = await response.text()
    for (const [, link = ''] of page.matchAll(/<a [^>]*href="(\/demo[^"#]*)/g)) waiting.push(link)
  }
  expect(seen).toContain('/demo/orders/48213')
  expect(seen.size).toBeGreaterThan(20)
})

test('a page allows only its own inline script, by a nonce that is never used twice', async () => {
  const browser = createBrowser()
  const nonces = await Promise.all(
    [1, 2].map(async () => {
      const response = await browser.open('/demo/products/prd_bowl')
      const policy = response.headers.get('content-security-policy') ?? ''
      const nonce = /'nonce-([^']+)'/.exec(policy)?.[1] ?? ''
      const page = await response.text()
      expect(policy).toContain("style-src 'self';")
      expect(policy).toContain("require-trusted-types-for 'script'")
      expect(policy).not.toContain('unsafe')
      expect(page).toContain(`<script nonce="${nonce}">`)
      expect(page.match(/<script(?![^>]*(?:nonce|src)=)/g)).toBeNull()
      expect(page).not.toMatch(/ style="| on[a-z]+="/)
      return nonce
    }),
  )
  expect(nonces[0]).not.toBe(nonces[1])
})

test('a product page tells the chat what it is about', async () => {
  const page = await createBrowser().read('/demo/products/prd_pourover')
  const context = /Parley\("setContext", (\{.*\})\)/.exec(page)?.[1] ?? ''
  const { product } = JSON.parse(context)
  expect(product).toMatchObject({
    id: 'prd_pourover',
    name: 'Stoneware pour-over set',
    price: '€64.00',
    vendorId: 'ven_kiln',
    vendorName: 'Kiln & Thread',
  })
  expect(product.image).toMatch(/^https:\/\/chat\.example\/demo\/assets\/pourOver-1\.svg\?v=/)
  expect(page).toContain('Arrives 26 to 28 November')
})

test('hostile search text is shown as text', async () => {
  const hostile = `"><script>alert(1)</script><img src=x onerror='alert(2)'>`
  const page = await createBrowser().read(`/demo/search?q=${encodeURIComponent(hostile)}`)
  expect(page).not.toContain('<script>alert')
  expect(page).not.toContain('<img src=x')
  expect(page).toContain('&quot;&gt;&lt;script&gt;alert(1)&lt;/script&gt;')
  expect((await createBrowser().open('/demo/search?q=a&q=b')).status).toBe(200)
})
