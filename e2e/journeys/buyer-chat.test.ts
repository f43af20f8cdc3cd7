import type { Page } from 'playwright'
import { describe, expect, it } from 'vitest'
import { Buyer, Member, own } from '../cast.ts'
import { openStage } from '../stage.ts'

declare global {
  interface Window {
    tones: number
  }
}

describe('a buyer in a chat', () => {
  let elin: Member
  const stage = openStage(
    { engine: 'postgres', env: { RATE_LIMIT_FACTOR: '100' } },
    async ({ world, browser }) => {
      elin = await Member.signsIn(browser, world.url, 'elin')
    },
  )

  async function chatting(path = '/demo/orders/48213'): Promise<Buyer> {
    const marta = await Buyer.arrives(stage.browser, stage.world.url)
    await marta.signsIn('marta')
    await marta.visits(path)
    await marta.opensChat()
    await marta.chooses(/^Kiln & Thread Vendor/)
    return marta
  }
  async function answered(marta: Buyer): Promise<string> {
    const question = own('Which glaze is it?')
    await marta.says(question)
    await marta.sees(question)
    await elin.takes(question)
    return question
  }

  it('keeps the focus on a choice when the server has answered, and is asked nothing that is known by then', async () => {
    const marta = await Buyer.arrives(stage.browser, stage.world.url)
    await marta.signsIn('marta')
    await marta.visits('/demo/products/prd_cups')
    let letGo = () => {}
    const held = new Promise<void>((resolve) => {
      letGo = resolve
    })
    await marta.context.route('**/realtime-*.js', async (route) => {
      await held
      await route.continue()
    })
    await marta.opensChat()
    const choice = marta.panel.getByRole('button', { name: /^Kiln & Thread Vendor/ })
    await choice.focus()
    letGo()
    await choice.getByText(/^Online/).waitFor()
    expect(await choice.evaluate((node) => node === document.activeElement)).toBe(true)
    await marta.page.keyboard.press('Enter')
    await expect.poll(() => marta.composer.evaluate((node) => node === document.activeElement)).toBe(true)
    expect(marta.faults).toEqual([])
  })

  it('is shown what waits unread, on the launcher and on the first screen, before anything is opened', async () => {
    const marta = await Buyer.arrives(stage.browser, stage.world.url)
    await marta.signsIn('marta')
    await marta.opensChat()
    const row = marta.panel.getByRole('button', { name: /^Nordvik Leather.*1 unread message/ })
    await row.waitFor()
    await marta.page.keyboard.press('Escape')
    await marta.page.getByRole('button', { name: /^Open chat, [1-9] unread message/ }).waitFor()
    expect(marta.faults).toEqual([])
  })

  it('reads a chat of before under the day it was, and goes on with it', async () => {
    const marta = await Buyer.arrives(stage.browser, stage.world.url)
    await marta.signsIn('marta')
    await marta.opensChat()
    await marta.panel.getByRole('button', { name: 'All your chats' }).click()
    await marta.chooses(/^Nordvik Leather.*(bag left|scratched|shiny)/)
    await marta.sees('Your bag left our workshop today.')
    const twoDaysAgo = new Date(Date.now() - 2 * 86_400_000)
    const weekday = new Intl.DateTimeFormat('en-GB', { weekday: 'long' }).format(twoDaysAgo)
    await marta.log.getByText(weekday, { exact: true }).waitFor()
    const again = marta.panel.getByRole('button', { name: 'Write again' })
    await again.or(marta.composer).first().waitFor()
    if (await again.isVisible()) await again.click()
    const text = own('Is the strap shiny?')
    await marta.says(text)
    await marta.sees(text)
    await marta.log.getByText('Today', { exact: true }).waitFor()
    await marta.log.getByText(/, (Sent|Delivered|Read)$/).waitFor()
    const nils = await Member.signsIn(stage.browser, stage.world.url, 'nils')
    await nils.shows('All')
    await nils.opens(text)
    await nils.sees('Your bag left our workshop today.')
    await nils.sees(text)
    expect(marta.faults).toEqual([])
  })

  it('writes over several lines, with signs and links, and what is a link can be followed safely', async () => {
    const marta = await chatting()
    const mark = own('Line one')
    await marta.composer.fill(mark)
    await marta.composer.press('Shift+Enter')
    await marta.page.keyboard.type('https://example.com/a?b=1#c, and javascript:alert(1) ')
    await marta.panel.getByRole('button', { name: 'Emoji' }).click()
    const signs = marta.panel.getByRole('group', { name: 'Emoji' })
    await signs.locator('button:focus').waitFor()
    await marta.page.keyboard.press('ArrowRight')
    await marta.page.keyboard.press('Enter')
    await marta.page.keyboard.press('Escape')
    await expect.poll(() => marta.composer.evaluate((node) => node === document.activeElement)).toBe(true)
    await marta.page.keyboard.press('Enter')
    const text = `${mark}\nhttps://example.com/a?b=1#c, and javascript:alert(1) 😃`
    await expect.poll(() => marta.messages()).toEqual([text])
    await elin.takes(mark)
    await expect.poll(() => elin.log.locator('article').last().innerText()).toContain('😃')
    for (const log of [marta.log, elin.log]) {
      const links = log.locator('a[href]')
      expect(await links.evaluateAll((all) => all.map((link) => link.getAttribute('href')))).toEqual([
        'https://example.com/a?b=1#c',
      ])
      expect(await links.first().getAttribute('rel')).toMatch(/noopener.*noreferrer/)
      expect(await links.first().getAttribute('target')).toBe('_blank')
    }
    expect(marta.faults).toEqual([])
  })

  it('picks, pastes and drags files, sees each on its way, and they arrive once, photos with a preview', async () => {
    const marta = await chatting()
    const { page, context, panel } = marta
    await answered(marta)
    const photo = await page.screenshot({ clip: { x: 0, y: 0, width: 300, height: 200 } })
    let letGo = () => {}
    const held = new Promise<void>((resolve) => {
      letGo = resolve
    })
    await context.route('**/api/v1/uploads', async (route) => {
      await held
      await route.continue()
    })
    await panel
      .locator('input[type=file]')
      .setInputFiles({ name: 'picked.png', mimeType: 'image/png', buffer: photo })
    await panel.getByRole('progressbar', { name: 'picked.png' }).waitFor()
    await panel.locator('.uploads img').waitFor()

    await context.grantPermissions(['clipboard-read', 'clipboard-write'])
    await marta.composer.focus()
    await pastesPicture(page, marta)
    await panel.getByRole('progressbar').nth(1).waitFor()
    await marta.composer.evaluate((node) => {
      const data = new DataTransfer()
      data.items.add(new File(['Dragged in.'], 'dragged.txt', { type: 'text/plain' }))
      node.dispatchEvent(new DragEvent('drop', { dataTransfer: data, bubbles: true, cancelable: true }))
    })
    await panel.getByRole('progressbar', { name: 'dragged.txt' }).waitFor()
    // Sent before the files are there: it goes out with them, by itself.
    await marta.says('Two photos and a page.')
    letGo()
    await marta.sees('Two photos and a page.')
    await marta.log.locator('.photo img').nth(1).waitFor()
    await elin.log.getByText('dragged.txt').waitFor()
    await elin.log.locator('img[src*="/api/v1/files/"]').nth(1).waitFor()
    expect(await marta.log.locator('.photo').count()).toBe(2)
    expect(await marta.log.getByText('dragged').count()).toBe(1)
    await marta.log.locator('.photo').first().click()
    const full = panel.getByRole('dialog', { name: 'picked.png' })
    await full.getByRole('img', { name: 'picked.png' }).waitFor()
    await page.keyboard.press('Escape')
    await full.waitFor({ state: 'detached' })
    // Escape closed the photo, not the chat.
    expect(await panel.getByRole('log').isVisible()).toBe(true)
    expect(marta.faults).toEqual([])
  })

  it('hears of an answer while the chat is closed: a number, one tone, a title that takes turns; all gone once read', async () => {
    const marta = await Buyer.arrives(stage.browser, stage.world.url)
    await marta.context.addInitScript(() => {
      if (window.top === window) window.tones = 0
      const { start } = OscillatorNode.prototype
      OscillatorNode.prototype.start = function (...when) {
        if (window.top) window.top.tones += 1
        return start.apply(this, when)
      }
    })
    await marta.signsIn('marta')
    await marta.visits('/demo/products/prd_bowl')
    await marta.opensChat()
    await marta.chooses(/^Kiln & Thread Vendor/)
    await answered(marta)
    const title = await marta.page.title()
    const before = await unreadOf(marta)
    await marta.panel.getByRole('button', { name: 'Close chat' }).click()
    await elin.says('It is milk glaze.')
    await elin.says('Safe in the dishwasher.')
    await expect.poll(() => unreadOf(marta)).toBe(before + 2)
    await marta.page.waitForFunction(() => /^Kiln & Thread: \d+ new message/.test(document.title))
    expect(await marta.page.evaluate(() => window.tones)).toBe(1)
    await marta.page.waitForFunction((before) => document.title === before, title)
    await marta.opensChat()
    await marta.sees('Safe in the dishwasher.')
    await expect.poll(() => unreadOf(marta)).toBe(before)
    expect(await marta.page.title()).toBe(title)
    await elin.log.getByText(/Read by Marta/).waitFor()
    expect(marta.faults).toEqual([])
  })

  it('loses the network: what is written waits, says so, and goes out once and in order when it is back', async () => {
    const marta = await chatting()
    const question = await answered(marta)
    await marta.context.setOffline(true)
    await marta.panel.getByText('No connection. Messages go out when it returns.').waitFor()
    const texts = ['one', 'two', 'three'].map((word) => own(`Out of the tunnel, ${word}.`))
    for (const text of texts) await marta.says(text)
    await elin.says('Are you still there?')
    expect(await elin.log.getByText('Out of the tunnel').count()).toBe(0)
    await marta.context.setOffline(false)
    await elin.sees(texts[2] ?? '')
    await marta.sees('Are you still there?')
    await marta.panel.getByText('No connection.').waitFor({ state: 'detached' })
    const expected = [question, 'Are you still there?', ...texts].sort()
    await expect.poll(async () => (await marta.messages()).sort()).toEqual(expected)
    const arrived = (await marta.messages()).filter((text) => text.startsWith('Out of'))
    expect(arrived).toEqual(texts)
    for (const text of texts) expect(await elin.log.getByText(text).count()).toBe(1)
    expect(marta.faults).toEqual([])
  })

  it('sees who answers come and go', async () => {
    const wren = await Member.signsIn(stage.browser, stage.world.url, 'wren')
    const omar = await Buyer.arrives(stage.browser, stage.world.url)
    await omar.signsIn('omar')
    await omar.visits('/demo/products/prd_lamp')
    await omar.opensChat()
    const lumen = omar.panel.getByRole('button', { name: /^Lumen & Oak Vendor/ })
    await lumen.getByText(/^Online.*Wren Ashby/).waitFor()
    await wren.page.context().close()
    await lumen.getByText(/^Away/).waitFor()
    expect(omar.faults).toEqual([])
  })
})

async function unreadOf({ page }: Buyer): Promise<number> {
  return page.evaluate(() => Number((window as unknown as { Parley: { unread: number } }).Parley.unread))
}

/** As a person does: a picture on the clipboard, and the keys. */
async function pastesPicture(page: Page, marta: Buyer): Promise<void> {
  await marta.composer.evaluate(async () => {
    const canvas = document.createElement('canvas')
    canvas.width = canvas.height = 64
    canvas.getContext('2d')?.fillRect(8, 8, 40, 40)
    const picture = await new Promise<Blob | null>((resolve) => canvas.toBlob(resolve, 'image/png'))
    if (picture) await navigator.clipboard.write([new ClipboardItem({ 'image/png': picture })])
  })
  await page.keyboard.press('Control+V')
}
