import type { CountName, TriggerReport } from '@parley/shared/protocol/triggers.ts'
import type { Locator } from 'playwright'
import { describe, expect, it } from 'vitest'
import { Buyer, Member } from '../cast.ts'
import { openStage } from '../stage.ts'

interface Explained {
  rule: string
  says: string
  hasShown: boolean
  why: string
}

describe('a shop that knows when to offer help', () => {
  const stage = openStage({ engine: 'postgres', env: { RATE_LIMIT_FACTOR: '100' } })

  /** A page whose clock the test turns, with the rules of the shop at work on it. */
  async function arrive(path: string, name?: 'marta' | 'omar'): Promise<Buyer> {
    const buyer = await Buyer.arrives(stage.browser, stage.world.url)
    if (name) await buyer.signsIn(name)
    await buyer.page.clock.install()
    await buyer.visits(path)
    await rulesOf(buyer)
    return buyer
  }
  const rulesOf = ({ page }: Buyer) =>
    page.waitForFunction(() => {
      const call = (window as unknown as { Parley(...call: unknown[]): unknown }).Parley
      return call('debug') instanceof Promise
    })
  const explained = ({ page }: Buyer): Promise<Explained[]> =>
    page.evaluate(() => (window as unknown as { Parley(name: string): Promise<Explained[]> }).Parley('debug'))
  const why = async (buyer: Buyer, rule: string) =>
    (await explained(buyer)).find((one) => one.rule === rule)?.why
  const offer = ({ page }: Buyer): Locator => page.locator('parley-chat aside')
  const passes = ({ page }: Buyer, seconds: number) => page.clock.runFor(seconds * 1_000)
  /** What decides and what draws are fetched only now: the clock goes on until they are there. */
  const shows = (buyer: Buyer) =>
    expect
      .poll(async () => {
        await passes(buyer, 1)
        return offer(buyer).count()
      })
      .toBe(1)
  const draftOf = (buyer: Buyer) => buyer.panel.getByRole('textbox').last()

  it('asks for its rules once when the page is idle, and for nothing else', async () => {
    const buyer = await Buyer.arrives(stage.browser, stage.world.url)
    const asked: string[] = []
    buyer.page.on('request', (request) => {
      const { pathname } = new URL(request.url())
      if (pathname.startsWith('/w/') || pathname.startsWith('/socket')) asked.push(pathname)
    })
    await buyer.visits('/demo/')
    await expect.poll(() => asked.length).toBeGreaterThan(1)
    await buyer.page.waitForLoadState('networkidle')
    expect(asked).toEqual(['/w/marlow.js', expect.stringMatching(/^\/w\/marlow\/rules\/[\w-]{8}\.js$/)])
    expect(await buyer.page.evaluate(() => Object.keys(localStorage))).toEqual(['parley:marlow'])
    expect(await buyer.context.cookies()).toEqual([])
  })

  it('asks for its rules on a page that is never idle too', async () => {
    const buyer = await Buyer.arrives(stage.browser, stage.world.url)
    await buyer.page.addInitScript(() => {
      window.requestIdleCallback = (run, { timeout } = {}) => (timeout ? setTimeout(run, timeout) : 0)
    })
    const rules = buyer.page.waitForRequest(/\/w\/marlow\/rules\//)
    await buyer.visits('/demo/')
    await rules
    await buyer.context.close()
  })

  it('offers the maker after a click on Return, once its dialog has closed, with the item named', async () => {
    const marta = await arrive('/demo/orders/48213', 'marta')
    await marta.page.getByRole('button', { name: 'Return item' }).first().click()
    await marta.page.locator('dialog[open]').waitFor()
    await passes(marta, 5)
    expect(await offer(marta).count()).toBe(0)
    await marta.page.locator('dialog[open]').getByRole('button', { name: 'Close' }).click()
    await shows(marta)
    await offer(marta).getByText('Something wrong with it?').waitFor()
    expect(await why(marta, 'trg_return')).toBe('It was shown.')
    // It asks for nobody's attention: the focus is where the buyer left it.
    expect(await marta.page.evaluate(() => document.activeElement?.textContent)).toContain('Return item')
    await offer(marta).getByRole('button', { name: 'Ask the maker' }).click()
    await marta.panel.getByText('Kiln & Thread').first().waitFor()
    await expect
      .poll(() => draftOf(marta).inputValue(), { timeout: 10_000 })
      .toMatch(/^It is about the .+ from order 48213\. $/)
    expect(await offer(marta).count()).toBe(0)
    expect(marta.faults).toEqual([])
  })

  it('offers it on the next page where the click has left this one', async () => {
    const marta = await arrive('/demo/orders/48213', 'marta')
    await marta.page.getByRole('button', { name: 'Return item' }).first().click()
    await marta.visits('/demo/orders/48213')
    await shows(marta)
    await offer(marta).getByText('Something wrong with it?').waitFor()
    await marta.visits('/demo/orders/48213')
    await rulesOf(marta)
    expect(await why(marta, 'trg_return')).not.toBe('It was shown.')
    expect(await marta.page.evaluate(() => localStorage.getItem('parley:marlow'))).not.toMatch(/due/)
  })

  it('offers help with the form after the third registration that failed, and names the field, never its text', async () => {
    const somebody = await arrive('/demo/register')
    const { page } = somebody
    await page.getByLabel('Your name').fill('Ana Prado')
    await page.getByLabel('E-mail').fill('secret@place')
    await page.getByLabel('Password', { exact: true }).fill('a long enough one')
    await page.getByLabel(/I accept the terms/).check()
    for (const round of [1, 2, 3]) {
      await page.getByRole('button', { name: 'Register', exact: true }).click()
      await passes(somebody, 8)
      if (round < 3) expect(await offer(somebody).count()).toBe(0)
    }
    await shows(somebody)
    await offer(somebody).getByRole('button', { name: 'Ask Marlow' }).click()
    await somebody.panel.getByRole('radio', { name: 'Account' }).waitFor({ state: 'attached' })
    expect(await somebody.panel.getByRole('radio', { name: 'Account' }).isChecked()).toBe(true)
    expect(await draftOf(somebody).inputValue()).toBe('I cannot register: the form does not take my email.')
    const kept = await page.evaluate(() => JSON.stringify(localStorage))
    expect(kept).not.toContain('secret@place')
  })

  it('offers another way after a declined membership payment, with what the bank said in the form', async () => {
    const omar = await arrive('/demo/membership', 'omar')
    const { page } = omar
    await page.getByLabel('Name on the card').fill('Omar Haddad')
    await page.getByLabel('Card number').fill('4000 0000 0000 0002')
    await page.getByLabel('Good until').fill('09/29')
    await page.getByLabel('Security code').fill('123')
    await page.getByRole('button', { name: /^Pay/ }).click()
    await page.getByText('Your bank said no. No money was taken.').waitFor()
    await rulesOf(omar)
    await shows(omar)
    await offer(omar).getByText('Your bank said no').waitFor()
    await offer(omar).getByRole('button', { name: 'Ask Marlow' }).click()
    await omar.panel.getByRole('radio', { name: 'Payment' }).waitFor({ state: 'attached' })
    expect(await omar.panel.getByRole('radio', { name: 'Payment' }).isChecked()).toBe(true)
    expect(await draftOf(omar).inputValue()).toBe(
      'My payment for the membership was declined (insufficient_funds).',
    )
  })

  it('says a word when somebody rests on the launcher, and not when they only pass over it', async () => {
    const somebody = await arrive('/demo/')
    await somebody.launcher.hover()
    await passes(somebody, 0.3)
    await somebody.page.mouse.move(10, 10)
    await passes(somebody, 3)
    expect(await offer(somebody).count()).toBe(0)
    await somebody.launcher.hover()
    await shows(somebody)
    await offer(somebody)
      .getByRole('button', { name: /^Ask the people who made it/ })
      .click()
    await somebody.panel.getByRole('heading', { name: 'Who can help you?' }).waitFor()
  })

  it('offers the maker to somebody who hesitates over an item, while that maker is online', async () => {
    const elin = await Member.signsIn(stage.browser, stage.world.url, 'elin')
    const somebody = await arrive('/demo/products/prd_bowl')
    await expect
      .poll(async () =>
        (await fetch(`${stage.world.url}/w/marlow/here.js?vendor=ven_kiln&at=${Math.random()}`)).text(),
      )
      .toContain('"vendor":"yes"')
    await passes(somebody, 19)
    expect(await offer(somebody).count()).toBe(0)
    await shows(somebody)
    await offer(somebody).getByText('The maker is here').waitFor()
    expect(
      await offer(somebody)
        .getByText(/^Ask about the .+ while they are online\.$/)
        .count(),
    ).toBe(1)
    await offer(somebody).getByRole('button', { name: 'Ask the maker' }).click()
    await somebody.panel.getByText('Kiln & Thread').first().waitFor()
    await elin.page.context().close()
  })

  it('stays quiet where that maker is not there, and explains for every rule why', async () => {
    const somebody = await arrive('/demo/products/prd_belt')
    await passes(somebody, 25)
    await expect
      .poll(() => why(somebody, 'trg_hesitation'))
      .toBe('Its condition is not met: the vendor is online.')
    expect(await offer(somebody).count()).toBe(0)
    const all = await explained(somebody)
    expect(all.map((one) => one.rule)).toEqual([
      'trg_return',
      'trg_registration',
      'trg_declined',
      'trg_launcher',
      'trg_hesitation',
    ])
    for (const one of all) expect(one.why).toMatch(/^It|^Its/)
    expect(all[1]?.says).toContain('cannot send the form “form[action$="/register"]” three times')
  })

  it('keeps quiet after “Not now”, on this page and the next, and counts what happened', async () => {
    const ines = await Member.signsIn(stage.browser, stage.world.url, 'ines')
    const report = () =>
      ines.page.evaluate(async (): Promise<TriggerReport> => {
        const answer = await fetch('/api/v1/commands/readTriggerReport', {
          method: 'POST',
          headers: { 'content-type': 'application/json', 'parley-csrf': '1' },
          body: '{}',
        })
        return answer.json()
      })
    const of = ({ triggers }: TriggerReport, id: string) =>
      triggers.find((one) => one.triggerId === id)?.counts ?? {}
    const before = await report()
    const somebody = await arrive('/demo/')
    await somebody.launcher.hover()
    await shows(somebody)
    await offer(somebody).getByRole('button', { name: 'Not now' }).click()
    expect(await offer(somebody).count()).toBe(0)
    await somebody.visits('/demo/register')
    await rulesOf(somebody)
    for (let round = 0; round < 3; round += 1)
      await somebody.page.getByRole('button', { name: 'Register', exact: true }).click()
    await passes(somebody, 8)
    expect(await offer(somebody).count()).toBe(0)
    await expect
      .poll(() => why(somebody, 'trg_registration'))
      .toBe('The person said “Not now”, and the quiet time is not over.')
    await somebody.opensChat()
    await somebody.visits('/demo/')
    const grown = async (id: string, name: CountName) =>
      (of(await report(), id)[name] ?? 0) - (of(before, id)[name] ?? 0)
    // Each page tells its own when it is left.
    await expect.poll(() => grown('trg_launcher', 'dismissed')).toBe(1)
    await expect.poll(() => grown('trg_registration', 'cooling')).toBe(1)
    expect(await grown('trg_launcher', 'shown')).toBe(1)
    const { launcher } = await report()
    expect(launcher.hovered).toBeGreaterThan(before.launcher.hovered ?? 0)
    expect(launcher.seen).toBeGreaterThan((before.launcher.seen ?? 0) + 1)
    expect(launcher.opened).toBeGreaterThan(before.launcher.opened ?? 0)
  })

  it('counts nothing for somebody whose browser asks not to be tracked', async () => {
    const somebody = await Buyer.arrives(stage.browser, stage.world.url)
    await somebody.page.addInitScript(() =>
      Object.defineProperty(Navigator.prototype, 'globalPrivacyControl', { get: () => true }),
    )
    const counts: string[] = []
    somebody.page.on('request', (request) => {
      if (request.url().endsWith('/seen')) counts.push(request.url())
    })
    await somebody.visits('/demo/')
    await rulesOf(somebody)
    await somebody.launcher.hover()
    await somebody.visits('/demo/register')
    await rulesOf(somebody)
    expect(counts).toEqual([])
  })
})
