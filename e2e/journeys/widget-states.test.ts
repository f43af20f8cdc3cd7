import { readFile } from 'node:fs/promises'
import type { Locator, Page } from 'playwright'
import { describe, expect, it } from 'vitest'
import { problems } from '../axe.ts'
import { Buyer, credentials, Member, own } from '../cast.ts'
import { openStage } from '../stage.ts'

const desktop = { width: 1280, height: 800 }
const phone = { width: 390, height: 844 }
const narrow = { width: 320, height: 640 }
/** 400 ms there and back, 400 kbit/s: what browsers call slow 3G. */
const slow = { offline: false, latency: 400, downloadThroughput: 50_000, uploadThroughput: 50_000 }
const fast = { offline: false, latency: 0, downloadThroughput: -1, uploadThroughput: -1 }
/** Thirty pictures and more, in one sitting. */
const long = { timeout: 240_000 }
const patient = { timeout: 30_000 }

/** The panel in every state, on one living page: four pictures and a sheet of each in `e2e/screens`. */
describe('the widget in each of its states', () => {
  const stage = openStage({ engine: 'postgres', env: { RATE_LIMIT_FACTOR: '1000' } })
  const file = (name: string) => `e2e/screens/widget-${name}.png`

  /** Both sizes and both themes, nothing wider than a phone of 320 px, nothing smaller than a fingertip. */
  async function looks(buyer: Buyer, state: string): Promise<void> {
    const { page, panel } = buyer
    const names: string[] = []
    for (const [kind, viewport] of [
      ['desktop', desktop],
      ['phone', phone],
    ] as const) {
      await page.setViewportSize(viewport)
      await expect.poll(() => isPhone(buyer), patient).toBe(kind === 'phone')
      for (const colorScheme of ['light', 'dark'] as const) {
        await page.emulateMedia({ colorScheme })
        await panel.locator(`html[data-theme=${colorScheme}]`).waitFor()
        names.push(`${state}-${kind}-${colorScheme}`)
        const clip = kind === 'phone' ? { x: 0, y: 0, ...phone } : { x: 800, y: 0, width: 480, height: 800 }
        await page.screenshot({ path: file(names.at(-1) ?? ''), clip, animations: 'disabled' })
      }
    }
    expect(await small(buyer), state).toEqual([])
    expect(await zooming(buyer), state).toEqual([])
    await page.setViewportSize(narrow)
    await expect.poll(() => panel.locator('html').evaluate(() => innerWidth), patient).toBe(320)
    expect(await wide(buyer), state).toEqual([])
    await page.emulateMedia({ colorScheme: 'light' })
    await page.setViewportSize(desktop)
    await sheet(page, state, names)
  }

  const isPhone = ({ panel }: Buyer) =>
    panel.locator('html').evaluate((html) => html.hasAttribute('data-phone'))

  /** What can be pressed and is under 24 px either way; links within a sentence may be. */
  const small = ({ panel }: Buyer) =>
    panel.locator('html').evaluate((html) =>
      [...html.querySelectorAll<HTMLElement>('button, a, input, select, textarea, [role=button]')]
        .filter((one) => one.checkVisibility({ visibilityProperty: true, opacityProperty: true }))
        .map((one) => [one, (one.closest('label') ?? one).getBoundingClientRect()] as const)
        .filter(
          ([one, { width, height }]) =>
            !one.matches('p a, .bubble a') && width > 1 && (width < 24 || height < 24),
        )
        .map(([one, { width, height }]) => `${one.outerHTML.slice(0, 80)} ${width} x ${height}`),
    )

  /** Fields whose letters are so small that a phone would enlarge the page to write in them. */
  const zooming = ({ panel }: Buyer) =>
    panel
      .locator('input:not([type=radio], [type=checkbox], [type=file]), select, textarea')
      .evaluateAll((all) =>
        all
          .filter((one) => Number.parseFloat(getComputedStyle(one).fontSize) < 16)
          .map((one) => one.outerHTML),
      )

  /** What is cut off or makes the panel scroll sideways. */
  const wide = ({ panel }: Buyer) =>
    panel.locator('html').evaluate((html) =>
      [html, ...html.querySelectorAll<HTMLElement>('body, body *')]
        .filter((one) => one.scrollWidth > one.clientWidth + 1 && one.clientWidth > 0)
        .filter((one) => /auto|scroll/.test(getComputedStyle(one).overflowX) || one === html)
        .map((one) => `${one.tagName} ${one.className} ${one.scrollWidth} > ${one.clientWidth}`),
    )

  async function sheet(page: Page, state: string, names: string[]): Promise<void> {
    const pictures = await Promise.all(
      names.map(async (name) => `data:image/png;base64,${(await readFile(file(name))).toString('base64')}`),
    )
    const board = await page.context().newPage()
    await board.setViewportSize({ width: 1840, height: 900 })
    await board.setContent(
      `<title>${state}</title><style>body{display:flex;gap:20px;margin:20px;background:#888}img{align-self:start}</style>${pictures
        .map((source) => `<img src="${source}" alt="">`)
        .join('')}`,
    )
    await board.screenshot({ path: file(`sheet-${state}`) })
    await board.close()
  }

  /** Commands of a member over HTTP: no page is needed for them. */
  async function hands(name: 'ines' | 'daniel') {
    const { request } = await stage.browser.newContext()
    const post = async (path: string, wish: object) => {
      const answer = await request.post(`${stage.world.url}/api/v1/${path}`, {
        data: wish,
        headers: { 'parley-csrf': '1', origin: stage.world.url },
      })
      if (!answer.ok()) throw new Error(`${path} was refused: ${await answer.text()}`)
      return answer.json()
    }
    await post('session', credentials(name))
    return {
      reads: (command: string) => post(`commands/${command}`, {}),
      does: (command: string, wish: object) =>
        post(`commands/${command}`, { requestId: own(name).replace(' ', '-'), ...wish }),
    }
  }

  async function refuseLinks(): Promise<void> {
    const ines = await hands('ines')
    const { versions } = await ines.reads('listTermRules')
    const [{ version, rules }] = versions
    const buyerToVendor = { ...rules.buyerToVendor, link: 'refuse' }
    await ines.does('saveTermRules', { from: version, rules: { ...rules, buyerToVendor } })
  }

  /** What the page is told, in order, from now on. */
  async function listens({ page }: Pick<Buyer, 'page'>): Promise<void> {
    await page.evaluate(() => {
      window.heard = []
      const names =
        'conversationStarted conversationEnded messageSent messageReceived participantJoined participantLeft tookOver typing availability identityExpiring error'
      for (const name of names.split(' '))
        window.Parley('on', name, (value: unknown) => window.heard.push([name, value]))
    })
  }
  const hears = ({ page }: Pick<Buyer, 'page'>, name: string, value: object) =>
    expect
      .poll(() => page.evaluate((wanted) => window.heard.filter(([one]) => one === wanted), name), patient)
      .toContainEqual([name, expect.objectContaining(value)])

  /** What a screen reader is told, beside the log. */
  const hearsSaid = ({ panel }: Buyer, words: RegExp) =>
    panel
      .locator('[role=status].aside')
      .filter({ hasText: words })
      .waitFor({ state: 'attached', ...patient })

  it(
    'looks right: choosing, form, waiting, chat, without a network, refused, loading and ended',
    long,
    async () => {
      const elin = await Member.signsIn(stage.browser, stage.world.url, 'elin')
      await refuseLinks()
      const visitor = await Buyer.arrives(stage.browser, stage.world.url, {
        viewport: desktop,
        reducedMotion: 'reduce',
      })
      const { page, panel } = visitor
      const network = await page.context().newCDPSession(page)
      await network.send('Network.enable')

      // A slow network: the launcher, then the first screen, then a chat, and never a word about no connection.
      await network.send('Network.emulateNetworkConditions', slow)
      await page.goto(`${stage.world.url}/demo/products/prd_pourover`, { waitUntil: 'commit' })
      await visitor.launcher.click(patient)
      await listens(visitor)
      await page.screenshot({ path: file('slow-opening') })
      await panel.getByRole('heading', { name: 'Who can help you?' }).waitFor(patient)
      await page.screenshot({ path: file('slow-first') })
      await visitor.chooses(/^Kiln & Thread Vendor/)
      await page.screenshot({ path: file('slow-chosen') })
      await panel.getByLabel('Your name').waitFor(patient)
      expect(await panel.getByText(/^No connection/).count()).toBe(0)
      await network.send('Network.emulateNetworkConditions', fast)
      await network.detach()
      await panel.getByRole('button', { name: 'Back' }).click()
      await panel.getByRole('button', { name: /^Kiln & Thread Vendor.*Online/ }).waitFor()
      await hears(visitor, 'availability', { vendor: true })
      await looks(visitor, 'choose')
      await sparesEdges(visitor, panel.getByText(/^Chats are stored/))

      await visitor.chooses(/^Kiln & Thread Vendor/)
      await panel.getByLabel('Your name').fill('Aurélie-Constance Montgomery-Featherstonehaugh')
      await panel.getByLabel(/^E-mail/).fill('aurelie@studio')
      await panel.getByRole('button', { name: 'Start chat' }).click()
      await panel.getByText(/^The end is missing/).waitFor()
      await looks(visitor, 'form')

      await panel.getByLabel(/^E-mail/).fill('aurelie@studio.example')
      const question = own('The cup arrived with a small chip on the rim. Can I swap it?')
      await panel.getByRole('textbox').last().fill(question)
      await panel.getByRole('button', { name: 'Start chat' }).click()
      await panel.getByRole('heading', { name: /in line$/ }).waitFor()
      await panel
        .getByText(/^(About|We cannot tell)/)
        .first()
        .waitFor()
      await looks(visitor, 'queue')
      const conversationId = await page.evaluate(
        () => (window as unknown as { Parley: { conversationId: string } }).Parley.conversationId,
      )
      await hears(visitor, 'conversationStarted', { conversationId })

      await elin.takes(question)
      await visitor.log
        .getByText(/joined$/)
        .first()
        .waitFor()
      await elin.says('I am sorry. A new cup leaves today, by the same carrier.')
      await elin.says('https://carrier.example/track/a-very-long-number-00112233445566778899aabbccddeeff')
      await visitor.sees(/^I am sorry/)
      await hearsSaid(visitor, /^Vendor, Kiln & Thread, .*I am sorry\. A new cup/)
      await visitor.says('Thank you, that is quick.')
      await visitor.log.getByText(/, (Sent|Delivered|Read)$/).waitFor()
      // A hint may be lost on its way: who goes on typing is seen.
      await expect
        .poll(
          async () => {
            await elin.composer.press('n')
            return panel.getByText(/is typing$/).count()
          },
          { ...patient, interval: 1_000 },
        )
        .toBeGreaterThan(0)
      await looks(visitor, 'chat')
      await hears(visitor, 'participantJoined', { conversationId, name: expect.stringMatching(/./) })
      await hears(visitor, 'messageReceived', { conversationId })
      await hears(visitor, 'messageSent', { conversationId })
      await hears(visitor, 'typing', { conversationId, isTyping: true })
      await adapts(visitor)
      await sparesEdges(visitor, panel.getByRole('button', { name: 'Emoji' }))
      await leads(visitor, elin, conversationId)

      await page.context().setOffline(true)
      await panel.getByText('No connection. Messages go out when it returns.').waitFor()
      await visitor.says('Size 02, please.')
      // Whether or not the socket has noticed yet.
      await visitor.log.getByText(/, Waiting for a connection$/).waitFor()
      await looks(visitor, 'offline')
      await page.context().setOffline(false)
      await panel.getByText(/^No connection/).waitFor({ state: 'detached' })
      await elin.sees('Size 02, please.')

      await visitor.says('It looks like www.cups.example/02')
      await panel.getByText(/^Links cannot be sent/).waitFor()
      await looks(visitor, 'error')
      expect(await problems(page), 'error').toEqual([])
      await panel.getByRole('button', { name: 'Delete' }).click()

      const daniel = await hands('daniel')
      const because = { conversationId, reason: 'Asked to look.' }
      await daniel.does('joinConversation', because)
      await hears(visitor, 'participantJoined', { conversationId, name: expect.stringMatching(/^Daniel/) })
      await daniel.does('takeOverConversation', because)
      await hears(visitor, 'tookOver', { conversationId, name: expect.stringMatching(/^Daniel/) })
      await hearsSaid(visitor, /^Daniel .*\(Moderator\) now answers for Kiln & Thread$/)
      await daniel.does('handBackConversation', because)
      await hears(visitor, 'participantLeft', { conversationId, name: expect.stringMatching(/^Daniel/) })

      let letGo = () => {}
      const held = new Promise<void>((resolve) => {
        letGo = resolve
      })
      await page.route('**/w/assets/talk*.js', async (route) => {
        await held
        await route.continue()
      })
      await page.reload()
      await page.evaluate((id) => window.Parley('openTo', 'conversation', id), conversationId)
      await panel.getByText('One moment').waitFor()
      await looks(visitor, 'loading')
      expect(await problems(page), 'loading').toEqual([])
      letGo()
      await visitor.sees('Size 02, please.')

      await listens(visitor)
      await elin.button(/^Resolve/).click()
      await panel.getByRole('radio', { name: /^4 of 5/ }).check({ force: true })
      await panel.getByRole('button', { name: 'Send rating' }).waitFor()
      await looks(visitor, 'ended')
      await hears(visitor, 'conversationEnded', { conversationId })
      expect(visitor.faults).toEqual([])
    },
  )

  /** The page opens the chat of this very product, begins a message in it, and sends one before anything is open. */
  async function leads({ page, panel, composer, log }: Buyer, elin: Member, conversationId: string) {
    await panel.getByRole('button', { name: 'Back' }).click()
    await page.evaluate(() => window.Parley('openTo', 'product', 'prd_pourover'))
    await log.waitFor()
    await page.evaluate(() => window.Parley('prefill', 'One more thing:'))
    await expect.poll(() => composer.inputValue(), patient).toBe('One more thing:')
    await composer.fill('')
    await page.reload()
    await page.evaluate((text) => window.Parley('send', text), 'Said by the page.')
    await elin.sees('Said by the page.')
    await page.evaluate((id) => window.Parley('openTo', 'conversation', id), conversationId)
    await log.getByText('Said by the page.').waitFor()
    await listens({ page })
    await page.evaluate(() => window.Parley('identify', 'no.such.token'))
    await hears({ page }, 'identityExpiring', { expiresAt: expect.stringMatching(/^20/) })
    await hears({ page }, 'error', { code: 'identity.refused' })
  }

  /** What people set up for themselves: letters, colours, direction, a keyboard on the screen. */
  async function adapts(buyer: Buyer): Promise<void> {
    const { page, panel } = buyer
    const session = await page.context().newCDPSession(page)
    await session.send('Page.setFontSizes', { fontSizes: { standard: 32 } })
    await expect
      .poll(() => panel.locator('html').evaluate((html) => getComputedStyle(html).fontSize), patient)
      .toBe('32px')
    for (const [name, viewport] of [
      ['desktop', desktop],
      ['narrow', narrow],
    ] as const) {
      await page.setViewportSize(viewport)
      await page.screenshot({ path: file(`large-text-${name}`), animations: 'disabled' })
      expect(await wide(buyer), `large text, ${name}`).toEqual([])
      expect(await isInView(buyer), `large text, ${name}`).toBe(true)
    }
    await session.send('Page.setFontSizes', { fontSizes: { standard: 16 } })
    await page.setViewportSize(desktop)

    await page.emulateMedia({ forcedColors: 'active' })
    await page.screenshot({ path: file('forced-colours'), animations: 'disabled' })
    const edges = await buyer.log
      .locator('.bubble')
      .evaluateAll((all) => all.map((one) => getComputedStyle(one).borderTopColor))
    expect(edges.length).toBeGreaterThan(2)
    expect(edges).not.toContain('rgba(0, 0, 0, 0)')
    await page.emulateMedia({ forcedColors: 'none' })

    await page.evaluate(() => window.Parley('setLocale', 'ar'))
    await panel.locator('html[dir=rtl]').waitFor()
    const [mine, theirs] = await Promise.all(
      ['Thank you, that is quick.', /^I am sorry/].map((text) =>
        // Its name is in the other language too.
        panel.getByRole('log').locator('.bubble').filter({ hasText: text }).boundingBox(),
      ),
    )
    expect(mine?.x).toBeLessThan(theirs?.x ?? 0)
    await page.screenshot({ path: file('right-to-left'), animations: 'disabled' })
    expect(await wide(buyer), 'right to left').toEqual([])
    await page.evaluate(() => window.Parley('setLocale', 'en'))
    await buyer.sees(/^I am sorry/)

    await page.setViewportSize(phone)
    await page.evaluate(() => {
      // A driver shows no keyboard: the browser's own report of what is left of the screen stands in for it.
      const seen = visualViewport as VisualViewport
      Object.defineProperty(seen, 'height', { value: 480, configurable: true })
      seen.dispatchEvent(new Event('resize'))
    })
    await expect
      .poll(async () => (await page.locator('parley-chat iframe').boundingBox())?.height, patient)
      .toBe(480)
    await expect.poll(() => isInView(buyer), patient).toBe(true)
    await page.screenshot({ path: file('keyboard'), animations: 'disabled' })
    await page.evaluate(() => {
      const seen = visualViewport as VisualViewport
      Reflect.deleteProperty(seen, 'height')
      seen.dispatchEvent(new Event('resize'))
    })
    await page.setViewportSize(desktop)
  }

  /** Nothing stands under a notch or the bar one swipes along. */
  async function sparesEdges({ page, panel }: Buyer, lowest: Locator): Promise<void> {
    const session = await page.context().newCDPSession(page)
    const override = (top: number, bottom: number) =>
      session.send('Emulation.setSafeAreaInsetsOverride', {
        insets: { top, bottom, topMax: top, bottomMax: bottom },
      })
    await page.setViewportSize(phone)
    await override(47, 34)
    const close = panel.getByRole('button', { name: 'Close chat' })
    await expect.poll(async () => (await close.boundingBox())?.y ?? 0, patient).toBeGreaterThanOrEqual(47)
    const bottom = async () => {
      const box = await lowest.boundingBox()
      return box ? box.y + box.height : Number.POSITIVE_INFINITY
    }
    await expect.poll(bottom, patient).toBeLessThanOrEqual(phone.height - 34)
    await override(0, 0)
    await page.setViewportSize(desktop)
  }

  /** Where one writes is wholly inside the panel. */
  const isInView = ({ composer }: Buyer) =>
    composer.evaluate((field) => {
      const { top, bottom } = field.getBoundingClientRect()
      return top >= 0 && bottom <= innerHeight
    })
})
