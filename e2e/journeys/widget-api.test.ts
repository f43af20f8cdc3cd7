import type { Condition, Rule } from '@parley/shared/triggers/rule.ts'
import type { Calls, Parley as Chat, Events } from '@parley/widget'
import type { Browser, Page } from 'playwright'
import { afterAll, afterEach, beforeAll, describe, expect, it } from 'vitest'
import { ordinaryRules } from '../size/site.ts'
import { openBrowser } from '../world.ts'
import { openShopAndChat, type ShopAndChat } from './shop-and-chat.ts'

// The compiler keeps both complete.
const calls: Record<keyof Calls, true> = {
  boot: true,
  update: true,
  setLocale: true,
  setTheme: true,
  ready: true,
  identify: true,
  setContext: true,
  clearContext: true,
  open: true,
  close: true,
  toggle: true,
  show: true,
  hide: true,
  openTo: true,
  prefill: true,
  send: true,
  track: true,
  consent: true,
  on: true,
  once: true,
  off: true,
  logout: true,
  shutdown: true,
  destroy: true,
  debug: true,
}

const soon = { timeout: 20_000 }

/** The page's own global, with the types that a page gets. */
declare const Parley: Chat

describe('the widget API, against the built files', () => {
  let place: ShopAndChat
  let browser: Browser
  let page: Page
  const faults: string[] = []

  beforeAll(async () => {
    place = await openShopAndChat({ fallbackUrl: 'https://shop.example/contact' })
    browser = await openBrowser({ isolatesOrigins: true })
  })
  afterAll(async () => {
    await browser?.close()
    await place?.stop()
  })
  afterEach(async () => {
    await page?.context().close()
    faults.length = 0
  })

  const stub = 'window.Parley = window.Parley || function () { (Parley.q = Parley.q || []).push(arguments) };'
  const tag = (attributes = '') =>
    `<script async src="${place.chatUrl}/w/${place.siteKey}.js" ${attributes}></script>`

  async function open(
    body: string,
    { policy, head = '', before }: { policy?: string; head?: string; before?: () => void } = {},
  ): Promise<void> {
    const context = await browser.newContext({
      viewport: { width: 1280, height: 860 },
      locale: 'en-GB',
      colorScheme: 'light',
    })
    page = await context.newPage()
    page.on('pageerror', (error) => faults.push(error.message))
    if (before) await page.addInitScript(before)
    const html = `<!doctype html><html lang="en"><head><title>Shop</title>${head}</head><body><h1>Shop</h1>${body}</body></html>`
    await page.goto(place.write(html, policy))
  }
  const launcher = () => page.locator('parley-chat > button, parley-chat button').first()
  const panel = () => page.frameLocator('parley-chat iframe')
  const title = () => panel().getByRole('heading', { name: 'Who can help you?' })
  const styleOf = (name: string) =>
    launcher().evaluate((node, wanted) => getComputedStyle(node).getPropertyValue(wanted), name)

  it('does in order what was called before it came, and never throws on any call of its list', async () => {
    await open(
      `<script>${stub}
        window.heard = []
        for (const name of ['ready', 'opened', 'closed', 'track', 'unread'])
          Parley('on', name, (value) => heard.push([name, value]))
        Parley('track', 'early', { field: 'email' })
        Parley('setContext', { product: { id: 'p1', name: 'Blue bowl' } })
        Parley('open')
      </script>${tag()}`,
    )
    await title().waitFor()
    await panel().getByText('Blue bowl').waitFor()
    expect(await page.evaluate('heard')).toEqual(
      expect.arrayContaining([
        ['ready', 0],
        ['unread', 0],
        ['track', { name: 'early', value: { field: 'email' } }],
      ]),
    )
    const threw = await page.evaluate(
      (names) => {
        const call = Parley as unknown as (...given: unknown[]) => unknown
        return names.filter((name) => {
          try {
            if (name !== 'ready') call(name)
            else call(name, () => {})
          } catch {
            return true
          }
          return false
        })
      },
      Object.keys(calls).filter((name) => !['on', 'once', 'consent', 'destroy', 'shutdown'].includes(name)),
    )
    expect(threw).toEqual([])
    expect(faults).toEqual([])
  })

  it('opens, closes and toggles, shows and hides, and its getters say so', async () => {
    await open(`<script>${stub}</script>${tag()}`)
    await launcher().waitFor()
    const state = () =>
      page.evaluate(() => [Parley.isOpen, Parley.isVisible, Parley.unread, Parley.conversationId])
    expect(await state()).toEqual([false, true, 0, null])
    await page.evaluate(() => Parley('open'))
    await title().waitFor()
    expect(await state()).toEqual([true, true, 0, null])
    await page.evaluate(() => Parley('toggle'))
    expect(await page.evaluate(() => Parley.isOpen)).toBe(false)
    await page.evaluate(() => Parley('hide'))
    expect(await launcher().isVisible()).toBe(false)
    expect(await page.evaluate(() => Parley.isVisible)).toBe(false)
    await page.evaluate(() => Parley('show'))
    expect(await launcher().isVisible()).toBe(true)
  })

  it('tells once what is asked once, and nothing after off', async () => {
    await open(`<script>${stub}</script>${tag()}`)
    await launcher().waitFor()
    const heard = await page.evaluate(async () => {
      const told: string[] = []
      const all = () => told.push('on')
      Parley('on', 'track', all)
      Parley('once', 'track', () => told.push('once'))
      Parley('track', 'a')
      Parley('track', 'b')
      await Promise.resolve()
      Parley('off', 'track', all)
      Parley('track', 'c')
      await Promise.resolve()
      return told
    })
    expect(heard).toEqual(['on', 'once', 'on'])
  })

  it('keeps a fault in a listener of the page from the other listeners', async () => {
    await open(`<script>${stub}</script>${tag()}`)
    await launcher().waitFor()
    const reached = await page.evaluate(
      () =>
        new Promise((resolve) => {
          Parley('on', 'track', () => {
            throw new Error('of the page')
          })
          Parley('on', 'track', () => resolve(true))
          Parley('track', 'a')
        }),
    )
    expect(reached).toBe(true)
    expect(faults).toEqual(['of the page'])
  })

  it('takes its settings from attributes of the tag', async () => {
    await open(
      tag(
        'data-side="start" data-offset-x="40" data-offset-y="96" data-z-index="900" data-theme="dark" data-colour="#123456" data-ink="#fedcba" data-locale="de"',
      ),
    )
    await launcher().waitFor()
    expect(await launcher().boundingBox()).toMatchObject({ x: 40, y: 860 - 96 - 56 })
    expect(await styleOf('z-index')).toBe('900')
    expect(await styleOf('background-color')).toBe('rgb(18, 52, 86)')
    expect(await styleOf('color')).toBe('rgb(254, 220, 186)')
    await launcher().click()
    await panel().getByRole('heading', { name: 'Wer kann helfen?' }).waitFor()
    expect(await panel().locator('html').getAttribute('data-theme')).toBe('dark')
  })

  it('takes them from an object too, and changes language and theme while it is open', async () => {
    await open(`<script>${stub} Parley('boot', { offsetX: 32, zIndex: 7 })</script>${tag()}`)
    await launcher().waitFor()
    expect((await launcher().boundingBox())?.x).toBe(1280 - 32 - 56)
    await launcher().click()
    await title().waitFor()
    await page.evaluate(() => Parley('setTheme', 'dark'))
    await expect.poll(() => panel().locator('html').getAttribute('data-theme')).toBe('dark')
    await page.evaluate(() => Parley('setLocale', 'fr'))
    await panel().getByRole('heading', { name: 'Qui peut vous aider ?' }).waitFor()
    await page.evaluate(() => Parley('setLocale', 'en'))
    await title().waitFor()
  })

  it('leads to support, a vendor, an order, a product and a chat, with the words there that the page has begun', async () => {
    await open(`<script>${stub}</script>${tag()}`)
    await launcher().waitFor()
    const header = () => panel().locator('#title')
    const question = () => panel().locator('textarea')
    await page.evaluate(() => {
      Parley('prefill', 'The lid is missing.')
      Parley('openTo', 'support')
    })
    await panel().getByRole('heading', { name: 'Before you start' }).waitFor()
    expect(await header().innerText()).toBe('Marlow support')
    await expect.poll(() => question().inputValue(), soon).toBe('The lid is missing.')
    // What is there may have been typed: it stays. Where nothing is, words come without a new screen.
    await page.evaluate(() => Parley('prefill', 'Something else.'))
    await page.evaluate(() => Parley('send', 'Once more.'))
    await expect
      .poll(() => page.evaluate((key) => localStorage[`parley:${key}`] ?? '', place.siteKey), soon)
      .toContain('Once more.')
    expect(await question().inputValue()).toBe('The lid is missing.')
    await question().fill('')
    await page.evaluate(() => Parley('prefill', 'Something else.'))
    await expect.poll(() => question().inputValue(), soon).toBe('Something else.')

    await page.evaluate(() => {
      const of = { vendorId: 'v1', vendorName: 'Kiln & Thread' }
      Parley('setContext', { product: { id: 'p1', name: 'Blue bowl', ...of } })
      Parley('openTo', 'vendor', 'v1')
    })
    await expect.poll(() => header().innerText(), soon).toBe('Kiln & Thread')
    // A field that is left because its screen goes changes what is shown in the midst of a drawing.
    await question().focus()
    await page.evaluate(() => Parley('openTo', 'vendor', 'somebody else'))
    await title().waitFor()
    await panel().locator('.about').getByText('Blue bowl').waitFor()
    await page.evaluate(() => Parley('openTo', 'order', '48213'))
    await panel().locator('.about').getByText('Order 48213').waitFor()
    // The page speaks again without anything new to say: the matter is still this one.
    await page.evaluate(() => Parley('setTheme', 'dark'))
    await panel().locator('html[data-theme=dark]').waitFor()
    expect(await panel().locator('.about').innerText()).toBe('Order 48213')
    await page.evaluate(() => Parley('openTo', 'product', 'p1'))
    await panel().locator('.about').getByText('p1').waitFor()
    await page.evaluate(() => Parley('openTo', 'conversation', 'cnv_away'))
    await expect.poll(() => header().innerText(), soon).toBe('One moment')
    await page.evaluate(() => Parley('openTo', 'new'))
    await title().waitFor()
    await page.evaluate(() => Parley('openTo', 'article', 'a1'))
    await title().waitFor()
    expect(faults).toEqual([])
  })

  it('opens from the page’s own launcher, also one that comes later, and hides ours', async () => {
    await open(`<main></main>${tag('data-launcher="#help"')}`)
    await expect
      .poll(() => page.evaluate(() => typeof window.Parley === 'function' && 'isOpen' in window.Parley))
      .toBe(true)
    await page.evaluate(() => {
      document
        .querySelector('main')
        ?.append(Object.assign(document.createElement('button'), { id: 'help', textContent: 'Help' }))
    })
    expect(await launcher().isVisible()).toBe(false)
    await page.getByRole('button', { name: 'Help' }).click()
    await title().waitFor()
    await page.keyboard.press('Escape')
    await expect.poll(() => page.evaluate(() => Parley.isOpen)).toBe(false)
    expect(await page.evaluate(() => document.activeElement?.id)).toBe('help')
  })

  it('draws no launcher where the page wants none, and leaves nothing of the person after shutdown', async () => {
    await open(`<script>${stub} Parley('identify', 'not.a.token')</script>${tag('data-launcher="off"')}`)
    await page.waitForFunction(() => window.Parley?.isOpen === false)
    expect([await launcher().isVisible(), await page.evaluate(() => Parley.isVisible)]).toEqual([
      false,
      false,
    ])
    await page.evaluate(() => Parley('openTo', 'support'))
    await panel().getByLabel('Your name').fill('Marta')
    const stored = () =>
      page.evaluate((key) => localStorage[`parley:${key}`] as string | undefined, place.siteKey)
    await expect.poll(stored).toContain('Marta')
    await page.evaluate(() => Parley('shutdown'))
    expect(await stored()).toBeUndefined()
    expect(
      await page.evaluate(() => [document.querySelectorAll('parley-chat').length, 'Parley' in window]),
    ).toEqual([0, false])
    // The driver hears of it a moment later.
    await expect.poll(() => page.frames(), soon).toHaveLength(1)
    expect(faults).toEqual([])
  })

  it('needs nothing but the nonce of its tag under a policy that trusts only nonces', async () => {
    const policy = `default-src 'none'; script-src 'nonce-abc'; style-src 'none'; frame-src ${place.chatUrl}; base-uri 'none'; require-trusted-types-for 'script'; trusted-types 'none'`
    await open(tag('nonce="abc"'), {
      policy,
      before: () => {
        window.violations = []
        addEventListener('securitypolicyviolation', (event) =>
          window.violations.push(event.violatedDirective),
        )
      },
    })
    await launcher().click()
    await title().waitFor()
    expect(await page.evaluate(() => window.violations)).toEqual([])
    expect(await styleOf('position')).toBe('fixed')
  })

  it('leads to the site’s own fallback when the chat cannot be reached, and the page stays as it was', async () => {
    await open(`<script>${stub}</script>${tag()}`, { before: () => {} })
    await launcher().waitFor()
    await page.clock.install()
    await page.route('**/panel', (route) => route.abort())
    await page.route('https://shop.example/contact', (route) => route.fulfill({ body: 'Contact' }))
    await launcher().click()
    await page.clock.fastForward(10_001)
    const way = page.getByRole('button', { name: 'Chat cannot be reached. Reach us another way' })
    await way.waitFor()
    await way.click()
    await page.waitForURL('https://shop.example/contact')
    expect(faults).toEqual([])
  })

  it('is not missed by a page whose chat server is gone', async () => {
    await open(
      `<script>${stub} Parley('open'); Parley('identify', 'token')</script><script async src="http://localhost:9/w/none.js"></script><button>Buy</button>`,
    )
    await page.getByRole('button', { name: 'Buy' }).click()
    expect(faults).toEqual([])
  })

  describe('on a hostile page', () => {
    const box = { width: 56, height: 56, x: 1280 - 76, y: 860 - 76 }

    it.each([
      ['everything unset', '* { all: unset !important }'],
      [
        'a reset that hides and moves what it does not know',
        'html > *:not(head, body) { display: none !important; position: static !important; transform: scale(3) !important } button { display: none !important }',
      ],
      [
        'big letters and borders everywhere',
        ':root { font-size: 40px } * { border: 9px solid red !important; box-sizing: content-box !important; margin: 9px !important }',
      ],
      ['layers above all', 'body::after { content: ""; position: fixed; inset: 0; z-index: 2000000000 } '],
      ['right to left', 'html { direction: rtl }'],
    ])('keeps its place and size: %s', async (_, css) => {
      await open(tag(), { head: `<style>${css}</style>` })
      await launcher().waitFor()
      const found = await launcher().boundingBox()
      expect({ width: found?.width, height: found?.height, y: found?.y }).toEqual({
        width: box.width,
        height: box.height,
        y: box.y,
      })
      expect([box.x, 20]).toContain(found?.x)
      await launcher().click()
      await title().waitFor()
      expect(faults).toEqual([])
    })

    it('works where others have changed what the browser comes with', async () => {
      await open(tag(), {
        before: () => {
          const any = (value: unknown) => value as Record<string, unknown>
          any(Array.prototype).toJSON = function (this: unknown[]) {
            return `[${this.join()}]`
          }
          for (const name of ['first', 'last', 'include']) any(Array.prototype)[name] = () => undefined
          any(Object.prototype).extend = () => {}
          any(String.prototype).strip = () => ''
          any(window).$ = () => null
          any(window).Promise_ = Promise
          Element.prototype.remove = function () {
            this.parentNode?.removeChild(this)
          }
        },
      })
      await launcher().click()
      await title().waitFor()
      await page.keyboard.press('Escape')
      await launcher().waitFor()
      expect(faults).toEqual([])
    })

    it('lives beside other widgets that take messages and storage for their own', async () => {
      await open(
        `<script>
          window.onmessage = (event) => { if (typeof event.data === 'string') JSON.parse(event.data === 'parley:hello' ? '{}' : event.data) }
          setInterval(() => { postMessage('{"other":1}', '*'); postMessage({ parley: 1 }, '*'); postMessage(null, '*') }, 20)
          localStorage.setItem('other', '1')
        </script>${tag()}`,
      )
      await launcher().click()
      await title().waitFor()
      await panel()
        .getByRole('button', { name: /^Marlow support/ })
        .click()
      await panel().getByLabel('Your name').fill('Marta')
      await expect
        .poll(() => page.evaluate((key) => localStorage[`parley:${key}`] ?? '', place.siteKey))
        .toContain('Marta')
      expect(faults).toEqual([])
    })

    it('is kept by the browser for the way back, open as it was', async () => {
      const keeping = await openBrowser({ keepsPages: true })
      try {
        const kept = await keeping.newPage()
        await kept.goto(place.write(`<!doctype html><html lang="en"><h1>Shop</h1>${tag()}`))
        await kept.locator('parley-chat button').first().click()
        await kept
          .frameLocator('parley-chat iframe')
          .getByRole('heading', { name: 'Who can help you?' })
          .waitFor()
        await kept.evaluate(() => {
          window.got = []
          addEventListener('pageshow', (event) => window.got.push(event.persisted))
        })
        await kept.goto(`${place.shopUrl}/`)
        // The driver loses sight of a page that comes back as it was; the browser itself does not.
        const session = await kept.context().newCDPSession(kept)
        const told = async (expression: string) => {
          const { result } = await session.send('Runtime.evaluate', { expression })
          return result.value as unknown
        }
        await told('history.back()')
        await expect.poll(() => told('JSON.stringify(window.got)'), { timeout: 10_000 }).toBe('[true]')
        expect(await told('Parley.isOpen')).toBe(true)
      } finally {
        await keeping.close()
      }
    })
  })
})

describe('the widget with triggers', () => {
  let place: ShopAndChat
  let browser: Browser
  beforeAll(async () => {
    const rules = [
      {
        id: 'all',
        when: [{ on: 'launcher' as const, amount: 100 }],
        do: { show: 'bubble' as const, text: 'Hello' },
        often: { times: 20, days: 0 },
      },
      {
        id: 'idle',
        when: [{ on: 'idle' as const, amount: 3_000 }],
        do: { show: 'badge' as const },
        often: { times: 1, days: 1 },
      },
    ]
    place = await openShopAndChat({ rules: { ...ordinaryRules, perPage: 5, rules }, neverOn: ['/pay*'] })
    browser = await openBrowser({ isolatesOrigins: true })
  })
  afterAll(async () => {
    await browser?.close()
    await place?.stop()
  })
  const body = () =>
    `<!doctype html><h1>Shop</h1><script async src="${place.chatUrl}/w/${place.siteKey}.js"></script>`

  const loaderPath = () => `/w/${place.siteKey}.js`
  /** As an app of one page goes on, without a load. */
  const goes = (page: Page, path: string) => page.evaluate((to) => history.pushState(null, '', to), path)

  it('never runs on the paths of payments, and is there again once an app of one page has left them', async () => {
    const page = await browser.newPage()
    await page.goto(place.write(body(), undefined, '/pay/now'), { waitUntil: 'networkidle' })
    await page.evaluate(() => {
      Parley('identify', 'not.a.token')
      Parley('open')
      Parley('track', 'paid')
    })
    expect(await page.locator('parley-chat').count()).toBe(0)
    expect(await page.evaluate(() => [Parley.isOpen, Parley.isVisible])).toEqual([false, false])
    expect(place.asked.filter((path) => path !== loaderPath())).toEqual([])
    await goes(page, '/thanks')
    await page.locator('parley-chat button').first().waitFor()
    expect(await page.evaluate(() => Parley.isOpen)).toBe(false)
    await page.close()
  })

  it('goes with all it has when an app of one page comes to such a path, and comes back as it was', async () => {
    const page = await browser.newPage()
    const faults: string[] = []
    page.on('pageerror', (error) => faults.push(error.message))
    await page.goto(
      place.write(
        `<!doctype html><html lang="en"><h1>Shop</h1><script>window.heard = []; window.Parley = function () { (Parley.q = Parley.q || []).push(arguments) }
          for (const name of ['ready', 'opened', 'closed']) Parley('on', name, () => heard.push(name))
          Parley('setContext', { product: { id: 'p1', name: 'Blue bowl' } })</script>
        <script async src="${place.chatUrl}${loaderPath()}" data-offset-x="44"></script>`,
      ),
    )
    const launcher = page.locator('parley-chat button').first()
    const panel = page.frameLocator('parley-chat iframe')
    await launcher.click()
    await panel.getByText('Blue bowl').waitFor()
    // Over the launcher the mouse would mean to open it again.
    await page.mouse.move(10, 10)
    await goes(page, '/pay')
    await expect.poll(() => page.locator('parley-chat').count()).toBe(0)
    await expect.poll(() => page.frames()).toHaveLength(1)
    place.asked.length = 0
    // What the page says meanwhile counts afterwards; what it wishes for is not for this place.
    await page.evaluate(() => {
      Parley('setContext', { order: { id: '48214', label: 'Order 48214' } })
      Parley('setLocale', 'de')
      Parley('openTo', 'new')
    })
    await goes(page, '/thanks')
    await launcher.waitFor()
    await expect.poll(async () => (await launcher.boundingBox())?.x).toBe(1280 - 44 - 56)
    expect(place.asked.filter((path) => path.endsWith('/panel'))).toEqual([])
    await launcher.click()
    await panel.getByRole('heading', { name: 'Wer kann helfen?' }).waitFor()
    await panel.getByText('Order 48214').waitFor()
    await expect.poll(() => page.evaluate('heard')).toEqual(['ready', 'opened', 'closed', 'ready', 'opened'])
    await page.goBack()
    await expect.poll(() => page.locator('parley-chat').count()).toBe(0)
    await page.evaluate(() => Parley('destroy'))
    await goes(page, '/given')
    expect(await page.evaluate(() => ['Parley' in window, document.querySelector('parley-chat')])).toEqual([
      false,
      null,
    ])
    expect(faults).toEqual([])
    await page.close()
  })

  it('hears every signal a rule can wait for, asks every fact it can ask, and shows nothing over a payment', async () => {
    const badge = { do: { show: 'badge' as const }, often: { times: 1, days: 1 }, afterSeconds: 0 }
    const signals: Record<string, Rule['when']> = {
      route: [{ on: 'event', at: 'begin' }, { on: 'page' }],
      time: [{ on: 'time', amount: 1 }],
      scroll: [{ on: 'scroll', amount: 50 }],
      idle: [{ on: 'idle', amount: 2 }],
      exit: [{ on: 'exit' }],
      launcher: [{ on: 'launcher', amount: 50 }],
      hover: [{ on: 'hover', at: '#terms', amount: 50 }],
      focus: [{ on: 'hover', at: '#help', amount: 50 }],
      click: [{ on: 'click', at: '#return' }],
      native: [{ on: 'invalid', at: '#native' }],
      marked: [{ on: 'invalid', at: '#marked' }],
      event: [{ on: 'event', at: 'declined' }],
    }
    const facts: Record<string, Condition> = {
      role: { fact: 'role', is: ['vendor'] },
      signedIn: { fact: 'signedIn', is: ['yes'] },
      order: { fact: 'orderState', is: ['delivered'] },
      cart: { fact: 'cartValue', from: 50 },
      returning: { fact: 'visits', from: 1 },
      language: { fact: 'language', is: ['en*'] },
      device: { fact: 'device', is: ['computer'] },
      intent: { fact: 'intent', is: ['refund'] },
      payload: { fact: 'declineClass', is: ['insufficient_funds'] },
      path: { fact: 'path', is: ['/second'] },
      smallCart: { fact: 'cartValue', to: 49 },
      phone: { fact: 'device', is: ['phone'] },
    }
    const rules = [
      ...Object.entries(signals).map(([id, when]) => ({ id, when, ...badge })),
      ...Object.entries(facts).map(([id, condition]) => ({
        id,
        when: [{ on: 'event' as const, at: 'ask' }],
        if: condition,
        ...badge,
      })),
      { id: 'over', when: [{ on: 'event' as const, at: 'over' }], ...badge },
      { id: 'typing', when: [{ on: 'event' as const, at: 'typed' }], ...badge },
    ]
    const own = await openShopAndChat({ rules: { ...ordinaryRules, perPage: 99, perDay: 99, rules } })
    const page = await browser.newPage()
    await page.goto(
      own.write(`<!doctype html><html lang="en-GB"><body style="height: 300vh"><h1>Shop</h1>
        <a id="terms" href="#terms">Terms</a> <button id="return">Return</button> <button id="help">Help</button>
        <form id="native"><input name="mail" required><button>Send it</button></form>
        <form id="marked" onsubmit="event.preventDefault()"><input name="phone" aria-invalid="true"><button>Send this</button></form>
        <script async src="${own.chatUrl}/w/${own.siteKey}.js"></script>`),
    )
    await page.waitForFunction(
      () => (window as unknown as { Parley: Chat }).Parley?.('debug') instanceof Promise,
    )
    const told = async () => {
      const all = await page.evaluate(() => Parley('debug') as Promise<{ rule: string; why: string }[]>)
      return Object.fromEntries(all.map(({ rule, why }) => [rule, why]))
    }
    const shown = 'It was shown.'
    const shows = (...ids: string[]) =>
      expect
        .poll(async () => {
          const all = await told()
          return ids.filter((id) => all[id] !== shown)
        }, soon)
        .toEqual([])
    await shows('time', 'idle')
    await page.locator('#return').click()
    await page.getByRole('button', { name: 'Send it' }).click()
    await page.getByRole('button', { name: 'Send this' }).click()
    await page.locator('#terms').hover()
    await shows('click', 'native', 'marked', 'hover')
    await page.locator('#help').focus()
    await shows('focus')
    await page.locator('parley-chat button').first().hover()
    await shows('launcher')
    await page.evaluate(() => {
      scrollTo(0, innerHeight * 2)
      // Past the upper edge of the window, where a driver's pointer cannot go.
      document.body.dispatchEvent(new MouseEvent('mouseout', { bubbles: true, clientY: -1 }))
      Parley('track', 'begin')
      Parley('track', 'declined')
    })
    await shows('scroll', 'exit', 'event')
    await goes(page, '/second')
    await shows('route')

    const claims = btoa(JSON.stringify({ role: 'vendor' }))
    await page.evaluate((token) => {
      Parley('identify', token)
      Parley('setContext', { intent: 'refund', facts: { orderState: 'delivered', cartValue: 64 } })
      Parley('track', 'ask', { declineClass: 'insufficient_funds' })
    }, `e30.${claims}.e30`)
    const { smallCart: _, phone: __, ...met } = facts
    await shows(...Object.keys(met))
    expect((await told()).smallCart).toMatch(/^Its condition is not met: the cart/)
    expect((await told()).phone).toMatch(/^Its condition is not met/)

    await page.evaluate(() => {
      const frame = document.createElement('iframe')
      Object.assign(frame, { allow: 'payment', id: 'pay' })
      frame.style.cssText = 'position: fixed; right: 20px; bottom: 20px; height: 200px'
      document.body.append(frame)
      Parley('track', 'over')
    })
    const over = async () => (await told()).over
    await expect.poll(over, soon).toBe('A dialog, a payment frame or the chat was open.')
    await page.evaluate(() => document.querySelector('#pay')?.remove())
    await expect.poll(over, soon).toBe(shown)

    await page.locator('[name=mail]').focus()
    await page.evaluate(() => {
      document.execCommand('insertText', false, 'a')
      Parley('track', 'typed')
    })
    await expect.poll(async () => (await told()).typing, soon).toBe('Somebody was typing.')

    // What was drawn at the launcher all along, and is accepted by whoever opens the chat.
    const dots = page.locator('parley-chat button .dot')
    expect(await dots.count()).toBeGreaterThan(1)
    await page.evaluate(() => {
      const accepted: unknown[] = []
      Object.assign(window, { accepted })
      Parley('on', 'triggerAccepted', ({ id }) => accepted.push(id))
    })
    await page.locator('parley-chat button').first().click()
    await expect.poll(() => page.evaluate('accepted'), soon).toEqual(expect.arrayContaining(['time', 'over']))
    expect(await dots.count()).toBe(0)
    await page.close()
    await own.stop()
  })

  it('shows an article that stands still for whom motion disturbs, opens it apart, and tells the page of both', async () => {
    const article = { show: 'article' as const, title: 'Sizes', text: 'How {product} fits.', url: '/sizes' }
    const rule = { id: 'sizes', when: [{ on: 'event' as const, at: 'ask' }], do: article }
    const rules = [{ ...rule, often: { times: 1, days: 1 }, afterSeconds: 0 }]
    const own = await openShopAndChat({ rules: { ...ordinaryRules, rules } })
    const page = await browser.newPage({ reducedMotion: 'reduce' })
    await page.goto(
      own.write(
        `<!doctype html><html lang="de"><h1>Shop</h1><script async src="${own.chatUrl}/w/${own.siteKey}.js"></script>`,
      ),
    )
    await page.waitForFunction(
      () => (window as unknown as { Parley: Chat }).Parley?.('debug') instanceof Promise,
    )
    await page.evaluate(() => {
      const heard: unknown[] = []
      Object.assign(window, { heard })
      for (const name of ['triggerShown', 'triggerAccepted', 'opened'] as const)
        Parley('on', name, (value: unknown) => heard.push([name, value]))
      Parley('setContext', { product: { id: 'p1', name: 'the blue bowl' } })
      Parley('track', 'ask')
    })
    const offer = page.locator('parley-chat aside')
    await offer.getByText('How the blue bowl fits.').waitFor()
    expect(await offer.evaluate((box) => getComputedStyle(box).animationName)).toBe('none')
    expect(await page.evaluate('heard')).toEqual([['triggerShown', { id: 'sizes' }]])
    const opening = page.context().waitForEvent('page')
    // Words the site has not given are the page's language.
    expect(await offer.getByRole('button', { name: 'Jetzt nicht' }).count()).toBe(2)
    await offer.getByRole('button', { name: 'Lesen' }).click()
    const apart = await opening
    await apart.waitForURL(`${own.shopUrl}/sizes`)
    expect(await apart.evaluate(() => window.opener)).toBeNull()
    // The chat stays closed: what was asked for is the article.
    expect(await page.evaluate('heard')).toEqual([
      ['triggerShown', { id: 'sizes' }],
      ['triggerAccepted', { id: 'sizes' }],
    ])
    expect(await offer.count()).toBe(0)
    await page.context().close()
    await own.stop()
  })

  it('leaves no listener and no timer of its rules behind, whatever was on show', async () => {
    const page = await browser.newPage()
    await page.addInitScript(() => {
      const running = new Set<unknown>()
      const {
        setInterval: every,
        clearInterval: endEvery,
        setTimeout: after,
        clearTimeout: endAfter,
      } = window
      Object.assign(window, {
        running,
        setInterval: (...given: Parameters<typeof every>) => {
          const id = every(...given)
          running.add(id)
          return id
        },
        clearInterval: (id: number) => {
          running.delete(id)
          endEvery(id)
        },
        setTimeout: (run: () => void, ms: number) => {
          const id = after(() => {
            running.delete(id)
            run()
          }, ms)
          running.add(id)
          return id
        },
        clearTimeout: (id: number) => {
          running.delete(id)
          endAfter(id)
        },
      })
    })
    // Counted where the page asks for them.
    await page.addInitScript(() => {
      const heard = new Set<string>()
      const keys = new WeakMap<object, number>()
      let count = 0
      const keyOf = (target: EventTarget, type: string, listener: object | null, options: unknown) => {
        const of = listener ?? {}
        if (!keys.has(of)) keys.set(of, count++)
        const isCapture =
          options === true || (options as AddEventListenerOptions | undefined)?.capture === true
        return `${target === window ? 'window' : target === document ? 'document' : 'navigation'} ${type} ${keys.get(of)} ${isCapture}`
      }
      const isWatched = (target: EventTarget) =>
        target === window || target === document || target === Reflect.get(window, 'navigation')
      const { addEventListener: add, removeEventListener: remove } = EventTarget.prototype
      EventTarget.prototype.addEventListener = function (type, listener, options) {
        if (isWatched(this)) {
          const key = keyOf(this, type, listener, options)
          heard.add(key)
          const signal = typeof options === 'object' ? options?.signal : undefined
          if (signal) add.call(signal, 'abort', () => heard.delete(key))
        }
        add.call(this, type, listener, options)
      }
      EventTarget.prototype.removeEventListener = function (type, listener, options) {
        if (isWatched(this)) heard.delete(keyOf(this, type, listener, options))
        remove.call(this, type, listener, options)
      }
      Object.assign(window, { heard })
    })
    const listeners = () =>
      page.evaluate(() => {
        const heard = [...(window as unknown as { heard: Set<string> }).heard].map((key) => key.split(' '))
        // The driver shows itself by an event of its own name, and by the only listener for this touch.
        const isDrivers = (type = '') => type.startsWith('__playwright') || type === 'touchcancel'
        const driver = new Set(heard.filter(([, type]) => isDrivers(type)).map(([, , id]) => id))
        return heard.filter(([, , id]) => !driver.has(id)).map(([target, type]) => `${target} ${type}`)
      })
    await page.goto(place.write(body()))
    await page.waitForFunction(
      () => (window as unknown as { Parley: Chat }).Parley?.('debug') instanceof Promise,
    )
    // The bare mouse: the browser driver's own hover would leave listeners of its own.
    const box = await page.locator('parley-chat button').first().boundingBox()
    await page.mouse.move((box?.x ?? 0) + 20, (box?.y ?? 0) + 20)
    await page.locator('parley-chat aside').waitFor()
    expect((await listeners()).length).toBeGreaterThan(3)
    await page.evaluate(() => Parley('destroy'))
    expect(await listeners()).toEqual([])
    await expect
      .poll(() => page.evaluate(() => (window as unknown as { running: Set<unknown> }).running.size))
      .toBe(0)
    expect(await page.locator('parley-chat').count()).toBe(0)
    await page.close()
  })
})

describe('the widget on a site that waits for consent', () => {
  let place: ShopAndChat
  let browser: Browser
  beforeAll(async () => {
    place = await openShopAndChat({ rules: ordinaryRules, waitsForConsent: true })
    browser = await openBrowser({ isolatesOrigins: true })
  })
  afterAll(async () => {
    await browser?.close()
    await place?.stop()
  })

  it('stores, asks and shows nothing before it is given, and keeps nothing once it is taken back', async () => {
    const page = await browser.newPage()
    await page.goto(
      place.write(
        `<!doctype html><html lang="en"><h1>Shop</h1><script>window.heard = []; window.Parley = function () { (Parley.q = Parley.q || []).push(arguments) }
          for (const name of ['consentAsked', 'consentGranted', 'consentRevoked', 'opened']) Parley('on', name, () => heard.push(name))</script>
        <script async src="${place.chatUrl}/w/${place.siteKey}.js"></script>`,
      ),
      { waitUntil: 'networkidle' },
    )
    const heard = () => page.evaluate('heard.splice(0)')
    const stored = () => page.evaluate(() => Object.keys(localStorage))
    const there = () => page.locator('parley-chat').count()
    expect(await heard()).toEqual(['consentAsked'])
    await page.evaluate(() => {
      Parley('track', 'looked')
      Parley('open')
    })
    expect(await heard()).toEqual(['consentAsked'])
    expect([await there(), await stored(), place.asked]).toEqual([0, [], [`/w/${place.siteKey}.js`]])

    // The wish that was waiting comes true.
    await page.evaluate(() => Parley('consent', 'grant'))
    const panel = page.frameLocator('parley-chat iframe')
    await panel.getByRole('button', { name: /^Marlow support/ }).click()
    await panel.getByLabel('Your name').fill('Marta')
    await expect
      .poll(() => page.evaluate((key) => localStorage[`parley:${key}`] ?? '', place.siteKey))
      .toContain('Marta')
    expect(await heard()).toEqual(['opened', 'consentGranted'])
    await page.evaluate(() => Parley('consent', 'grant'))
    expect(await heard()).toEqual([])

    await page.evaluate(() => Parley('consent', 'revoke'))
    expect([await there(), await stored()]).toEqual([0, []])
    await expect.poll(() => page.frames().length, soon).toBe(1)
    expect(await heard()).toEqual(['consentRevoked'])
    await page.evaluate(() => Parley('consent', 'grant'))
    await page.locator('parley-chat button').first().waitFor()
    expect(await page.evaluate(() => Parley.isOpen)).toBe(false)
    await page.close()
  })
})

const told: Record<keyof Events, true> = {
  ready: true,
  opened: true,
  closed: true,
  unread: true,
  messageSent: true,
  messageReceived: true,
  conversationStarted: true,
  conversationEnded: true,
  participantJoined: true,
  participantLeft: true,
  tookOver: true,
  typing: true,
  availability: true,
  triggerShown: true,
  triggerAccepted: true,
  track: true,
  identityExpiring: true,
  consentAsked: true,
  consentGranted: true,
  consentRevoked: true,
  error: true,
  loadFailed: true,
}

it('tells in the docs of every call and event it has', async () => {
  const { readFile } = await import('node:fs/promises')
  const docs = await readFile(new URL('../../docs/widget.md', import.meta.url), 'utf8')
  for (const name of [...Object.keys(calls), ...Object.keys(told)]) expect(docs, name).toContain(`\`${name}`)
})
