import type { Browser, Page } from 'playwright'
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest'
import { problems } from '../axe.ts'
import { Buyer, Member, picture } from '../cast.ts'
import { openBrowser, startParley, type World } from '../world.ts'

const phone = {
  viewport: { width: 390, height: 844 },
  colorScheme: 'dark',
  hasTouch: true,
  isMobile: true,
} as const

describe('the terms of a site', () => {
  let world: World
  let browser: Browser
  let ines: Member
  let elin: Member
  let marta: Buyer
  const question = 'Does the cup go into the dishwasher?'
  beforeAll(async () => {
    world = await startParley({ engine: 'postgres', env: { RATE_LIMIT_FACTOR: '1000' } })
    browser = await openBrowser()
    ines = await Member.signsIn(browser, world.url, 'ines')
    elin = await Member.signsIn(browser, world.url, 'elin')
    marta = await Buyer.arrives(browser, world.url)
    await marta.signsIn('marta')
    await marta.visits('/demo/orders/48213')
    await marta.opensChat()
    await marta.chooses(/^Kiln & Thread Vendor.*Online/)
    await marta.says(question)
    await marta.sees(question)
    await elin.visits('/console/inbox/all')
    await elin.opens(question)
    await elin
      .button(/^(Accept|Take)/)
      .first()
      .click()
    await elin.assignee('you').waitFor()
  })
  beforeEach((context) => context.onTestFailed(() => picture(browser, context.task.name.slice(0, 40))))
  afterAll(async () => {
    await browser?.close()
    await world?.stop()
  })

  async function look(page: Page, name: string): Promise<void> {
    await page.screenshot({ path: `e2e/screens/terms-${name}.png` })
    expect(await problems(page), name).toEqual([])
  }
  const rule = (member: Member, kind: string, direction: string) =>
    member.page.getByRole('group', { name: kind }).getByLabel(direction)

  it('are seen and tried by a moderator, who changes nothing', async () => {
    const daniel = await Member.signsIn(browser, world.url, 'daniel', phone)
    await daniel.sets('terms')
    await daniel.page.getByText('Only an admin can change these rules.').waitFor()
    expect(await rule(daniel, 'Links', 'Vendor to buyer').isDisabled()).toBe(true)
    expect(await daniel.page.getByRole('switch', { name: 'For all vendors' }).isDisabled()).toBe(true)
    await daniel.button('Try on the past 30 days').click()
    await daniel.page.getByText('Nothing was changed.').waitFor()
    await look(daniel.page, '3-phone-dark')
    const width = await daniel.page.evaluate(() => document.documentElement.scrollWidth)
    expect(width).toBeLessThanOrEqual(phone.viewport.width)
    expect(daniel.faults).toEqual([])
    await daniel.page.context().close()
  })

  it('are changed by keyboard alone', async () => {
    await ines.sets('terms')
    const field = rule(ines, 'Abuse', 'Buyer to vendor')
    await field.focus()
    await ines.page.keyboard.press('h')
    expect(await field.inputValue()).toBe('hold')
    await ines.page.keyboard.press('Control+s')
    await ines.page.getByRole('status').filter({ hasText: 'Saved' }).waitFor()
    await ines.page.getByText('Buyer to vendor, abuse: Flag → Hold').waitFor()
  })

  it('put a page of ours between a vendor’s link and where it leads', async () => {
    await rule(ines, 'Links', 'Vendor to buyer').selectOption('allow')
    await ines.page.keyboard.press('Control+s')
    await ines.page.getByText(/Vendor to buyer, links: .* → Allow/).waitFor()
    const address = 'https://kiln-care.example/cups?wash=warm#glaze'
    await elin.says(`It does: ${address}`)
    const link = marta.panel.getByRole('link', { name: address }).last()
    await link.waitFor()
    await marta.page
      .context()
      .route('https://kiln-care.example/**', (route) =>
        route.fulfill({ contentType: 'text/html', body: '<title>Care of cups</title>' }),
      )
    const [leaving] = await Promise.all([marta.page.waitForEvent('popup'), link.click()])
    await leaving.getByRole('heading', { name: 'You are leaving Marlow' }).waitFor()
    expect(new URL(leaving.url()).pathname).toMatch(/^\/w\/[\w-]+\/leave$/)
    expect(await leaving.locator('#host').innerText()).toBe('kiln-care.example')
    expect(await leaving.locator('#whole').innerText()).toBe(address)
    await look(leaving, '5-leaving')
    const page = leaving.url().split('#', 1)[0]
    await leaving.emulateMedia({ colorScheme: 'dark' })
    await leaving.setViewportSize({ width: 360, height: 640 })
    await leaving.goto(`${page}#https://${'a'.repeat(60)}.xn--kln-sna.example/${'long/'.repeat(60)}`)
    await leaving.getByText('xn--kln-sna.example/').waitFor()
    await look(leaving, '6-leaving-phone-dark')
    expect(await leaving.evaluate(() => document.documentElement.scrollWidth)).toBeLessThanOrEqual(360)
    for (const bad of [
      'javascript:alert(1)',
      'data:text/html,x',
      'https://marlow.example@kiln.example/',
      '',
    ]) {
      await leaving.goto(`${page}#${bad}`)
      await leaving.getByText('This address cannot be opened.').waitFor()
      expect(await leaving.locator('a[href]').count(), bad).toBe(0)
    }
    await leaving.goto(`${page}#${address}`)
    await leaving.getByRole('link', { name: 'Continue' }).press('Enter')
    await leaving.waitForURL(address)
    expect(await leaving.evaluate(() => document.referrer)).toBe('')
    await leaving.close()
    expect(marta.faults).toEqual([])
  })

  it('stop links to hosts that were blocked after they were sent, and name a line that is no host', async () => {
    const hosts = ines.page.getByRole('textbox', { name: 'Blocked hosts' })
    await hosts.fill('kiln-care.example\nhttps://böse.example/x\ncom')
    await ines.page.keyboard.press('Control+s')
    await ines.page.getByText('“com”: Write a host, such as bad.example').waitFor()
    await look(ines.page, '7-no-host')
    await hosts.fill('kiln-care.example\nhttps://böse.example/x\n203.0.113.7')
    await ines.page.keyboard.press('Control+s')
    await ines.page.getByText('3 × blocked host added').waitFor()
    expect(await hosts.inputValue()).toBe('kiln-care.example\nxn--bse-sna.example\n203.0.113.7')
    await look(ines.page, '8-hosts')
    await ines.page.emulateMedia({ colorScheme: 'dark' })
    await ines.page.setViewportSize(phone.viewport)
    await hosts.scrollIntoViewIfNeeded()
    await look(ines.page, '11-hosts-phone-dark')
    expect(await ines.page.evaluate(() => document.documentElement.scrollWidth)).toBeLessThanOrEqual(390)
    await ines.page.emulateMedia({ colorScheme: 'light' })
    await ines.page.setViewportSize({ width: 1440, height: 900 })
    const link = marta.panel.getByRole('link', { name: /kiln-care/ }).last()
    const [leaving] = await Promise.all([marta.page.waitForEvent('popup'), link.click()])
    await leaving.getByRole('heading', { name: 'This link was stopped' }).waitFor()
    expect(await leaving.locator('#host').innerText()).toBe('kiln-care.example')
    await look(leaving, '9-stopped')
    const page = leaving.url().split('#', 1)[0]
    await leaving.emulateMedia({ colorScheme: 'dark' })
    await leaving.setViewportSize({ width: 360, height: 640 })
    for (const bad of [
      'https://www.kiln-care.example./x',
      'HTTPS://KILN-CARE.example:8443/',
      'https://böse.example',
      'http://3405803783/',
      'mailto:a@good.example?cc=b%40kiln-care.example',
    ]) {
      await leaving.goto(`${page}#${bad}`)
      await leaving.getByRole('heading', { name: 'This link was stopped' }).waitFor()
      expect(await leaving.locator('a[href]').count(), bad).toBe(0)
    }
    await look(leaving, '10-stopped-phone-dark')
    await leaving.goto(`${page}#https://kiln-cares.example/`)
    await leaving.getByRole('link', { name: 'Continue' }).waitFor()
    await leaving.close()
    await elin.says('Again: https://kiln-care.example/cups')
    await elin.page.getByText(/leads to kiln-care\.example, which this marketplace does not allow/).waitFor()
  })

  it('tell a buyer in their language why a first message does not go out, and give it back', async () => {
    await rule(ines, 'Links', 'Buyer to vendor').selectOption('refuse')
    await ines.page.keyboard.press('Control+s')
    await ines.page.getByText(/Buyer to vendor, links: .* → Refuse/).waitFor()
    const omar = await Buyer.arrives(browser, world.url, { locale: 'de-DE' })
    await omar.signsIn('omar')
    await omar.page.route('**/demo/orders/47950', async (route) => {
      const response = await route.fetch()
      const german = (await response.text()).replace('<html lang="en"', '<html lang="de"')
      await route.fulfill({ response, body: german })
    })
    await omar.visits('/demo/orders/47950')
    await omar.opensChat()
    await omar.chooses(/^Lumen & Oak/)
    const box = omar.panel.getByRole('textbox').last()
    const text = 'Gibt es das auf lampen.example?'
    await box.fill(text)
    await box.press('Enter')
    await omar.panel.getByText(/^Links lassen sich in diesem Chat nicht senden/).waitFor()
    expect(await box.inputValue()).toBe(text)
    await look(omar.page, '4-refused-in-german')
  })
})
