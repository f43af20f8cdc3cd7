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
