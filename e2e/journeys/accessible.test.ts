import type { Page } from 'playwright'
import { describe, expect, it } from 'vitest'
import { type Place, problems } from '../axe.ts'
import { Buyer, Member, own } from '../cast.ts'
import { openStage } from '../stage.ts'

/** Many pages, a second or two each. */
const patient = { timeout: 240_000 }

/** What is still fading in is not yet what people read. */
const still = { reducedMotion: 'reduce' } as const
const looks = [
  { name: 'desktop, light', viewport: { width: 1440, height: 900 }, colorScheme: 'light', ...still },
  {
    name: 'phone, dark',
    viewport: { width: 390, height: 844 },
    colorScheme: 'dark',
    hasTouch: true,
    ...still,
  },
] as const

/** The photo alone: while it is open, nothing else of the page is there for anybody. */
const photoIn: Place = {
  fromFrames: [{ fromShadowDom: ['parley-chat', 'iframe'] }, 'dialog'],
}

/** Grey lines in the final shape stand there until what was asked for is. */
async function loaded(page: Page): Promise<void> {
  await page.locator('[class*="_skeleton_"]').first().waitFor({ state: 'detached' })
}

describe('axe finds nothing', () => {
  const stage = openStage({ engine: 'postgres' })

  describe.each(looks)('on a $name', (look) => {
    const { name: _name, ...options } = look

    it('in the demo', async () => {
      const marta = await Buyer.arrives(stage.browser, stage.world.url, options)
      await marta.signsIn('marta')
      for (const path of [
        '/demo/',
        '/demo/products/prd_pourover',
        '/demo/orders',
        '/demo/orders/48213',
        '/demo/register',
        '/demo/membership',
        '/demo/sign-in',
        '/demo/vendors/ven_kiln',
        '/demo/chat-tag',
        '/demo/nowhere',
      ]) {
        await marta.visits(path)
        expect(await problems(marta.page), path).toEqual([])
      }
      const { page } = marta
      await marta.visits('/demo/orders/48213')
      await page.getByRole('button', { name: 'Return item' }).first().click()
      await page.getByRole('dialog', { name: /^Return the/ }).waitFor()
      expect(await problems(page), 'return').toEqual([])
      await marta.visits('/demo/membership')
      await page.getByLabel('Name on the card').fill('Marta Oliveira')
      await page.getByLabel('Card number').fill('4000 0000 0000 0002')
      await page.getByLabel('Good until').fill('09/29')
      await page.getByLabel('Security code').fill('123')
      await page.getByRole('button', { name: /and join$/ }).click()
      await page.getByText('Your bank said no. No money was taken.').waitFor()
      expect(await problems(page), 'declined').toEqual([])
      const stranger = await Buyer.arrives(stage.browser, stage.world.url, options)
      await stranger.visits('/demo/register')
      await stranger.page.getByRole('button', { name: 'Register', exact: true }).click()
      await stranger.page.getByText('Write your name, as makers should greet you.').waitFor()
      expect(await problems(stranger.page), 'registration with faults').toEqual([])
    })

    it('in the widget: choices, form, chat', async () => {
      const visitor = await Buyer.arrives(stage.browser, stage.world.url, options)
      await visitor.visits('/demo/products/prd_pourover')
      await visitor.opensChat()
      await visitor.panel.getByRole('heading', { name: 'Who can help you?' }).waitFor()
      expect(await problems(visitor.page), 'choices').toEqual([])
      await visitor.chooses(/^Marlow support/)
      await visitor.panel.getByRole('textbox').first().waitFor()
      expect(await problems(visitor.page), 'form').toEqual([])
      await visitor.panel.getByRole('button', { name: /^(Start chat|Send message)$/ }).click()
      await visitor.panel.getByText('Please fill this in.').first().waitFor()
      expect(await problems(visitor.page), 'form with faults').toEqual([])
      const marta = await Buyer.arrives(stage.browser, stage.world.url, options)
      await marta.signsIn('marta')
      await marta.visits('/demo/orders/48213')
      await marta.opensChat()
      await marta.panel.getByRole('button', { name: /And if nobody is at home/ }).click()
      await marta.sees('Hello, did both pieces leave together?')
      expect(await problems(marta.page), 'chat').toEqual([])
      const { panel, page } = marta
      await panel.getByRole('button', { name: 'More' }).click()
      await panel.getByRole('menu').waitFor()
      expect(await problems(page), 'menu').toEqual([])
      await page.keyboard.press('Escape')
      await panel.getByRole('button', { name: 'Emoji' }).click()
      await panel.getByRole('group', { name: 'Emoji' }).waitFor()
      expect(await problems(page), 'emoji').toEqual([])
      await page.keyboard.press('Escape')
      await panel.getByRole('button', { name: 'Back' }).click()
      await panel.getByRole('button', { name: 'All your chats' }).click()
      await panel.getByRole('heading', { name: 'All your chats' }).waitFor()
      expect(await problems(page), 'past chats').toEqual([])
    })

    it('in the widget: waiting in line, a photo, no connection, ended, rated', async () => {
      const elin = await Member.signsIn(stage.browser, stage.world.url, 'elin')
      const marta = await Buyer.arrives(stage.browser, stage.world.url, options)
      await marta.signsIn('marta')
      await marta.visits('/demo/orders/48213')
      await marta.opensChat()
      await marta.chooses(/^Kiln & Thread Vendor/)
      const { panel, page } = marta
      const text = own('Is this readable for everybody?')
      await marta.says(text)
      await panel.getByRole('heading', { name: /in line$/ }).waitFor()
      expect(await problems(page), 'line').toEqual([])
      await elin.takes(text)
      await panel.locator('input[type=file]').setInputFiles({
        name: 'chip.png',
        mimeType: 'image/png',
        buffer: await page.screenshot({ clip: { x: 0, y: 0, width: 200, height: 150 } }),
      })
      await panel.getByText(/^\d+ kB$/).waitFor()
      expect(await problems(page), 'attached').toEqual([])
      await panel.getByRole('button', { name: 'Send', exact: true }).click()
      await marta.log.locator('.photo img').click()
      await panel.getByRole('dialog', { name: 'chip.png' }).getByRole('img').waitFor()
      expect(await problems(page, photoIn), 'photo').toEqual([])
      await page.keyboard.press('Escape')
      await marta.context.setOffline(true)
      await panel.getByText(/^No connection/).waitFor()
      expect(await problems(page), 'no connection').toEqual([])
      await marta.context.setOffline(false)
      await panel.getByText(/^No connection/).waitFor({ state: 'detached' })
      await elin.says('Yes.')
      await elin.button(/^Resolve/).click()
      await panel.getByRole('radio', { name: /^3 of 5/ }).check({ force: true })
      await panel.getByRole('button', { name: 'Send rating' }).waitFor()
      expect(await problems(page), 'rating').toEqual([])
      await panel.getByRole('button', { name: 'Send rating' }).click()
      await marta.sees('You rated this chat 3 of 5')
      expect(await problems(page), 'ended').toEqual([])
    })

    it('in the console: sign-in, inbox, conversation, menus and sheets', patient, async () => {
      const guest = await (await stage.browser.newContext(options)).newPage()
      await guest.goto(`${stage.world.url}/console/`)
      await guest.getByLabel('Work e-mail').waitFor()
      expect(await problems(guest), 'sign-in').toEqual([])
      await guest.getByRole('button', { name: 'Sign in' }).click()
      await guest
        .getByText(/e-mail/i)
        .nth(1)
        .waitFor()
      expect(await problems(guest), 'sign-in that was refused').toEqual([])
      await guest.context().close()

      const ines = await Member.signsIn(stage.browser, stage.world.url, 'ines', options)
      const { page } = ines
      for (const view of ['mine', 'waiting', 'team', 'all', 'closed']) {
        await ines.visits(`/console/inbox/${view}`)
        await page.getByRole('tab', { selected: true }).waitFor()
        await loaded(page)
        expect(await problems(page), view).toEqual([])
      }
      await ines.visits('/console/moderation')
      await page
        .getByText(/live conversation/)
        .first()
        .waitFor()
      expect(await problems(page), 'moderation').toEqual([])
      await ines.visits('/console/inbox/closed')
      await ines.opens(/Marta/)
      await ines.log.waitFor()
      expect(await problems(page), 'a closed conversation').toEqual([])
      await ines.visits('/console/inbox/all')
      await ines.opens(/Omar/)
      await ines.composer.waitFor()
      expect(await problems(page), 'an open conversation').toEqual([])
      await page.getByRole('radio', { name: 'Note' }).click()
      await ines.composer.pressSequentially('@')
      await page.getByRole('option').first().waitFor()
      expect(await problems(page), 'a note').toEqual([])
      await ines.composer.fill('')
      await ines.button('More').click()
      await page.getByRole('menuitem', { name: 'Pass on…' }).waitFor()
      expect(await problems(page), 'more').toEqual([])
      await page.getByRole('menuitem', { name: 'Pass on…' }).click()
      const dialog = page.getByRole('dialog', { name: 'Pass the conversation on' })
      await dialog.getByRole('button', { name: 'Pass on' }).click()
      expect(await problems(page), 'passing on').toEqual([])
      await page.keyboard.press('Escape')
      await dialog.waitFor({ state: 'detached' })
      for (const [keys, name] of [
        ['Control+k', /^Commands/],
        ['?', 'Keyboard shortcuts'],
      ] as const) {
        await ines.conversation.getByRole('heading').first().click()
        await page.keyboard.press(keys)
        await page.getByRole('dialog', { name }).waitFor()
        expect(await problems(page), String(name)).toEqual([])
        await page.keyboard.press('Escape')
        await page.getByRole('dialog', { name }).waitFor({ state: 'detached' })
      }
    })

    it('in the console: every page of the settings', patient, async () => {
      const ines = await Member.signsIn(stage.browser, stage.world.url, 'ines', options)
      await ines.visits('/console/settings')
      const links = ines.page.locator('a[href^="/console/settings/"]')
      await links.first().waitFor()
      const addresses = new Set(
        await links.evaluateAll((all) => all.map((link) => link.getAttribute('href'))),
      )
      expect(addresses.size).toBeGreaterThan(12)
      const title = ines.page.getByRole('heading', { level: 1 }).first()
      for (const address of addresses) {
        // Loading the page anew for each would be half of the work; on a phone the list is a page of its own.
        if (!(await links.first().isVisible())) await ines.page.goBack()
        const link = links.and(ines.page.locator(`[href="${address}"]`)).first()
        await link.waitFor()
        if ((await link.getAttribute('aria-current')) === null) {
          const before = await title.innerText()
          await link.click()
          await expect.poll(() => title.innerText()).not.toBe(before)
        }
        await loaded(ines.page)
        expect(await problems(ines.page), address ?? '').toEqual([])
      }
    })
  })
})
