import { AxeBuilder } from '@axe-core/playwright'
import type { Browser, Page } from 'playwright'
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest'
import { Buyer, Member, picture } from '../cast.ts'
import { openBrowser, startParley, type World } from '../world.ts'

const levels = ['wcag2a', 'wcag2aa', 'wcag21a', 'wcag21aa', 'wcag22aa', 'best-practice']
const looks = [
  { name: 'desktop, light', viewport: { width: 1440, height: 900 }, colorScheme: 'light' },
  { name: 'phone, dark', viewport: { width: 390, height: 844 }, colorScheme: 'dark', hasTouch: true },
] as const

async function problems(page: Page): Promise<string[]> {
  const { violations } = await new AxeBuilder({ page }).withTags(levels).analyze()
  return violations.map(({ id, nodes }) => `${id}: ${nodes.map((node) => node.target.join(' ')).join(' | ')}`)
}

describe('axe finds nothing', () => {
  let world: World
  let browser: Browser
  beforeAll(async () => {
    world = await startParley()
    browser = await openBrowser()
  })
  beforeEach((context) => context.onTestFailed(() => picture(browser, context.task.name.slice(0, 40))))
  afterAll(async () => {
    await browser?.close()
    await world?.stop()
  })

  describe.each(looks)('on a $name', (look) => {
    const { name: _name, ...options } = look

    it('in the demo', async () => {
      const marta = await Buyer.arrives(browser, world.url, options)
      await marta.signsIn('marta')
      for (const path of [
        '/demo/',
        '/demo/products/prd_pourover',
        '/demo/orders',
        '/demo/orders/48213',
        '/demo/register',
        '/demo/membership',
      ]) {
        await marta.visits(path)
        expect(await problems(marta.page), path).toEqual([])
      }
    })

    it('in the widget: choices, form, chat', async () => {
      const visitor = await Buyer.arrives(browser, world.url, options)
      await visitor.visits('/demo/products/prd_pourover')
      await visitor.opensChat()
      await visitor.panel.getByRole('heading', { name: 'Who can help you?' }).waitFor()
      expect(await problems(visitor.page), 'choices').toEqual([])
      await visitor.chooses(/^Marlow support/)
      await visitor.panel.getByRole('textbox').first().waitFor()
      expect(await problems(visitor.page), 'form').toEqual([])
      const marta = await Buyer.arrives(browser, world.url, options)
      await marta.signsIn('marta')
      await marta.visits('/demo/orders/48213')
      await marta.opensChat()
      await marta.panel.getByRole('button', { name: /And if nobody is at home/ }).click()
      await marta.sees('Hello, did both pieces leave together?')
      expect(await problems(marta.page), 'chat').toEqual([])
    })

    it('in the console: sign-in, inbox, conversation, settings', async () => {
      const guest = await (await browser.newContext(options)).newPage()
      await guest.goto(`${world.url}/console/`)
      await guest.getByLabel('Work e-mail').waitFor()
      expect(await problems(guest), 'sign-in').toEqual([])
      const ines = await Member.signsIn(browser, world.url, 'ines', options)
      const paths = [
        ['/console/inbox/closed', /Is|Can|charged|bag/],
        ['/console/settings', /Profile|Settings/],
      ] as const
      for (const [path, text] of paths) {
        await ines.visits(path)
        await ines.page.getByText(text).first().waitFor()
        expect(await problems(ines.page), path).toEqual([])
      }
      await ines.visits('/console/inbox/closed')
      await ines.opens(/Marta/)
      await ines.log.waitFor()
      expect(await problems(ines.page), 'conversation').toEqual([])
    })
  })
})
