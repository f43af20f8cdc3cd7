import type { Browser, Page } from 'playwright'
import { afterAll, afterEach, beforeAll, describe, expect, it } from 'vitest'
import { openBrowser } from '../world.ts'
import { openShopAndChat, type ShopAndChat } from './shop-and-chat.ts'

interface Chat {
  (...call: unknown[]): void
  isOpen: boolean
  unread: number
}
declare global {
  interface Window {
    Parley: Chat
    shifts: number
    violations: string[]
    heard: [string, unknown][]
    got: unknown[]
    tries: number
    trust: { createScriptURL(address: string): string }
  }
}

describe('the widget on somebody else’s page', () => {
  let place: ShopAndChat
  let browser: Browser
  let page: Page
  const faults: string[] = []

  beforeAll(async () => {
    place = await openShopAndChat()
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

  async function visit(options: Parameters<Browser['newContext']>[0] = {}): Promise<void> {
    const context = await browser.newContext({
      viewport: { width: 1280, height: 860 },
      locale: 'en-GB',
      ...options,
    })
    page = await context.newPage()
    page.on('pageerror', (error) => faults.push(error.message))
    place.asked.length = 0
    await page.goto(place.shopUrl)
    await launcher().waitFor()
  }
  const launcher = () => page.locator('parley-chat button')
  const panel = () => page.frameLocator('parley-chat iframe')
  const title = () => panel().getByRole('heading', { name: 'Who can help you?' })
  const frames = () => page.locator('parley-chat iframe').count()

  it('draws its launcher under the strictest policy with one request, and nothing more before it is needed', async () => {
    await visit()
    expect(place.asked).toEqual([`/w/${place.siteKey}.js`])
    expect(await launcher().getAttribute('aria-label')).toBe('Open chat')
    expect(await launcher().getAttribute('aria-expanded')).toBe('false')
    expect(await frames()).toBe(0)
    expect(await page.context().cookies()).toEqual([])
    expect(await page.evaluate(() => Object.keys(localStorage))).toEqual([])
    expect(await page.evaluate(() => [window.shifts, window.violations])).toEqual([0, []])
    const box = await launcher().boundingBox()
    expect(box).toMatchObject({ width: 56, height: 56, x: 1280 - 20 - 56, y: 860 - 20 - 56 })
    expect(faults).toEqual([])
  })

  it('brings the panel hidden when a visitor means to open it, and does not connect yet', async () => {
    await visit()
    await launcher().hover()
    await panel().locator('[role=dialog]').waitFor({ state: 'attached' })
    expect(await page.locator('parley-chat iframe').isVisible()).toBe(false)
    expect(place.asked).toEqual([`/w/${place.siteKey}.js`, `/w/${place.siteKey}/panel`])
  })

  it('opens beside the page, names what the page is about, and gives the focus back on Escape', async () => {
    await visit()
    await launcher().focus()
    await page.keyboard.press('Enter')
    await title().waitFor()
    await panel().getByText('Blue bowl').waitFor()
    await panel()
      .getByRole('button', { name: /^Kiln & Thread Vendor/ })
      .waitFor()
    const frame = page.locator('parley-chat iframe')
    expect(await frame.getAttribute('sandbox')).toBe(
      'allow-scripts allow-same-origin allow-forms allow-popups allow-popups-to-escape-sandbox allow-downloads',
    )
    expect(await frame.getAttribute('referrerpolicy')).toBe('origin')
    expect(await panel().getByRole('dialog').getAttribute('aria-modal')).toBe('false')
    await expect.poll(() => title().evaluate((node) => node === document.activeElement)).toBe(true)
    await page.keyboard.press('Escape')
    await launcher().waitFor()
    expect(
      await launcher().evaluate((node) => node.getRootNode() instanceof ShadowRoot && node.matches(':focus')),
    ).toBe(true)
    expect(await page.evaluate(() => window.heard.map(([name]) => name))).toEqual(
      expect.arrayContaining(['opened', 'closed']),
    )
    expect(await page.evaluate(() => [window.shifts, window.violations])).toEqual([0, []])
    expect(faults).toEqual([])
  })

  it('covers a phone and lets nothing behind it be reached', async () => {
    await visit({ viewport: { width: 390, height: 760 }, hasTouch: true, isMobile: true })
    await launcher().tap()
    await title().waitFor()
    // It slides in; what counts is where it comes to rest.
    await expect
      .poll(() => page.locator('parley-chat iframe').boundingBox(), { timeout: 10_000 })
      .toEqual({ x: 0, y: 0, width: 390, height: 760 })
    expect(await panel().getByRole('dialog').getAttribute('aria-modal')).toBe('true')
    expect(await page.evaluate(() => [document.body.inert, document.documentElement.style.overflow])).toEqual(
      [true, 'hidden'],
    )
    await panel().getByRole('button', { name: 'Close chat' }).tap()
    await launcher().waitFor()
    expect(await page.evaluate(() => [document.body.inert, document.documentElement.style.overflow])).toEqual(
      [false, ''],
    )
  })

  it('leaves nothing behind after it was put in and destroyed a hundred times', async () => {
    await visit()
    const session = await page.context().newCDPSession(page)
    const listeners = async () => {
      const { result } = await session.send('Runtime.evaluate', {
        expression: `[window, document, visualViewport].flatMap((target) => Object.values(getEventListeners(target)).flat()).length`,
        includeCommandLineAPI: true,
      })
      return result.value as number
    }
    await page.evaluate(() => window.Parley('destroy'))
    const before = await listeners()
    await page.evaluate(async (address) => {
      for (let round = 0; round < 100; round += 1) {
        const script = document.createElement('script')
        script.src = window.trust.createScriptURL(address)
        await new Promise((resolve) => {
          script.onload = resolve
          document.body.append(script)
        })
        script.remove()
        if (!document.querySelector('parley-chat')) throw new Error(`Round ${round} drew nothing`)
        if (round % 10 === 0) window.Parley('open')
        window.Parley('destroy')
      }
    }, `${place.chatUrl}/w/${place.siteKey}.js`)
    expect(await listeners()).toBe(before)
    expect(
      await page.evaluate(() => [document.querySelectorAll('parley-chat').length, 'Parley' in window]),
    ).toEqual([0, false])
    expect(page.frames()).toHaveLength(1)
    expect(await page.evaluate(() => [document.documentElement.style.overflow, document.body.inert])).toEqual(
      ['', false],
    )
    expect(faults).toEqual([])
  })

  it('gives a hostile frame beside it no channel, and lets it speak neither as the panel nor as the page', async () => {
    await visit()
    const address = `${place.shopUrl.replace('127.0.0.1', 'localhost')}/hostile`
    await page.evaluate((url) => {
      const frame = document.createElement('iframe')
      frame.src = url
      document.body.append(frame)
    }, address)
    await expect.poll(() => page.frames().some((frame) => frame.url() === address)).toBe(true)
    const hostile = page.frames().find((frame) => frame.url() === address)
    await launcher().click()
    await title().waitFor()
    await panel().getByText('Blue bowl').waitFor()
    const before = (await hostile?.evaluate(() => window.tries)) ?? 0
    await expect.poll(() => hostile?.evaluate(() => window.tries)).toBeGreaterThan(before + 5)
    expect(await hostile?.evaluate(() => window.got)).toEqual([])
    expect(await panel().getByText('Hostile').count()).toBe(0)
    expect(await page.evaluate((key) => localStorage[`parley:${key}`] ?? '', place.siteKey)).not.toContain(
      'stolen',
    )
  })

  it('works in memory alone where storage is blocked', async () => {
    const context = await browser.newContext({ viewport: { width: 1280, height: 860 } })
    page = await context.newPage()
    page.on('pageerror', (error) => faults.push(error.message))
    await page.addInitScript(() => {
      for (const name of ['localStorage', 'sessionStorage'])
        Object.defineProperty(window, name, {
          get() {
            throw new DOMException('Access is denied.', 'SecurityError')
          },
        })
    })
    await page.goto(place.shopUrl)
    await launcher().click()
    await panel()
      .getByRole('button', { name: /^Marlow support/ })
      .click()
    await panel().getByLabel('Your name').fill('Marta')
    await panel().getByRole('button', { name: 'Back' }).click()
    await panel()
      .getByRole('button', { name: /^Marlow support/ })
      .click()
    expect(await panel().getByLabel('Your name').inputValue()).toBe('Marta')
    expect(faults).toEqual([])
  })

  it('outlives a page that replaces its body or throws out what it does not know', async () => {
    await visit()
    await page.evaluate(() => {
      document.documentElement.replaceChild(document.createElement('body'), document.body)
    })
    await launcher().waitFor()
    await page.evaluate(() => document.querySelector('parley-chat')?.remove())
    await launcher().waitFor()
    await launcher().click()
    await title().waitFor()
    expect(faults).toEqual([])
  })

  it('says so when the chat cannot be reached, and leaves the page as it was', async () => {
    const context = await browser.newContext({ viewport: { width: 1280, height: 860 } })
    page = await context.newPage()
    page.on('pageerror', (error) => faults.push(error.message))
    await page.clock.install()
    await page.route('**/panel', (route) => route.abort())
    await page.goto(place.shopUrl)
    await launcher().click()
    await page.mouse.move(10, 10)
    await page.clock.fastForward(10_001)
    await page.getByRole('button', { name: /^Chat cannot be reached\. Try again/ }).waitFor()
    expect(await page.evaluate(() => window.heard.map(([name]) => name))).toContain('loadFailed')
    expect(await frames()).toBe(0)
    await page.unroute('**/panel')
    await launcher().click()
    await title().waitFor()
    expect(faults).toEqual([])
  })

  it('wipes everything of a person at once on logout', async () => {
    await visit()
    await launcher().click()
    await panel()
      .getByRole('button', { name: /^Marlow support/ })
      .click()
    await panel().getByLabel('Your name').fill('Marta Oliveira')
    await expect
      .poll(() => page.evaluate((key) => localStorage[`parley:${key}`] ?? '', place.siteKey))
      .toContain('Marta')
    await page.mouse.move(10, 10)
    const left = await page.evaluate(
      (key) =>
        new Promise((resolve) => {
          window.Parley('logout')
          requestAnimationFrame(() =>
            resolve([
              localStorage[`parley:${key}`] ?? null,
              document.querySelector('parley-chat')?.shadowRoot?.querySelector('iframe') ?? null,
              window.Parley.unread,
              window.Parley.isOpen,
            ]),
          )
        }),
      place.siteKey,
    )
    expect(left).toEqual([null, null, 0, false])
    await launcher().click()
    await panel()
      .getByRole('button', { name: /^Marlow support/ })
      .click()
    expect(await panel().getByLabel('Your name').inputValue()).toBe('')
  })

  it('shows what another tab has learned on its badge, and signs out with it', async () => {
    await visit()
    const other = await page.context().newPage()
    await other.goto(place.shopUrl)
    await other.evaluate((key) => {
      localStorage[`parley:${key}`] = JSON.stringify({
        unread: '12',
        label: 'Chat öffnen, 12 ungelesene Nachrichten',
        token: 't',
      })
    }, place.siteKey)
    await page.getByRole('button', { name: 'Chat öffnen, 12 ungelesene Nachrichten' }).waitFor()
    expect(await page.locator('parley-chat b').textContent()).toBe('9+')
    expect(await page.evaluate(() => window.heard.findLast(([name]) => name === 'unread'))).toEqual([
      'unread',
      12,
    ])
    await other.evaluate(() => window.Parley('logout'))
    await page.getByRole('button', { name: 'Open chat', exact: true }).waitFor()
  })

  it('does what the page said before and after it came, and stays one chat when its tag is there twice', async () => {
    await visit()
    await page.evaluate((address) => {
      const script = document.createElement('script')
      script.src = window.trust.createScriptURL(address)
      return new Promise((resolve) => {
        script.onload = resolve
        document.body.append(script)
      })
    }, `${place.chatUrl}/w/${place.siteKey}.js`)
    expect(await page.locator('parley-chat').count()).toBe(1)
    await page.evaluate(() => {
      window.Parley('track', 'return_clicked', { orderId: '1' })
      window.Parley('setContext', { order: { id: '48213', label: 'Order 48213' } })
      window.Parley('clearContext')
      window.Parley('setContext', { order: { id: '48214', label: 'Order 48214' } })
      window.Parley('open')
    })
    await panel().getByText('Order 48214').waitFor()
    expect(await panel().getByText('Blue bowl').count()).toBe(0)
    expect(await page.evaluate(() => window.heard.find(([name]) => name === 'track'))).toEqual([
      'track',
      { name: 'return_clicked', value: { orderId: '1' } },
    ])
    await page.evaluate(() => window.Parley('hide'))
    await page.evaluate(() => window.Parley('close'))
    expect(await launcher().isVisible()).toBe(false)
  })

  it('speaks German and Arabic, the latter from right to left', async () => {
    await visit({ locale: 'de-DE' })
    await page.evaluate(() => window.Parley('update', { locale: 'de-DE' }))
    await launcher().click()
    await panel().getByRole('heading', { name: 'Wer kann helfen?' }).waitFor()
    await page.context().close()
    await visit()
    await page.evaluate(() => window.Parley('update', { locale: 'ar' }))
    await launcher().click()
    await panel().getByRole('heading', { name: 'من يمكنه مساعدتك؟' }).waitFor()
    expect(await panel().locator('html').getAttribute('dir')).toBe('rtl')
  })
})
