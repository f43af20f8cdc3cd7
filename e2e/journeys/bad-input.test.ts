import { once } from 'node:events'
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { createServer } from 'node:http'
import type { AddressInfo } from 'node:net'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, describe, expect, it } from 'vitest'
import { Buyer, Member, own, wiretap } from '../cast.ts'
import { openStage } from '../stage.ts'

describe('bad input in the widget', () => {
  let marta: Buyer
  let elin: Member
  const folder = mkdtempSync(join(tmpdir(), 'parley-bad-input-'))
  const stage = openStage(
    { engine: 'postgres', env: { RATE_LIMIT_FACTOR: '100' }, browser: { isolatesOrigins: true } },
    async ({ world, browser }) => {
      elin = await Member.signsIn(browser, world.url, 'elin')
      marta = await Buyer.arrives(browser, world.url)
      await marta.signsIn('marta')
      await marta.visits('/demo/orders/48213')
      await marta.opensChat()
      await marta.panel.getByRole('button', { name: /And if nobody is at home/ }).click()
      await elin.shows('All')
      await elin.opens(/Marta/)
    },
  )
  afterAll(async () => {
    rmSync(folder, { recursive: true, force: true })
  })

  it('refuses 5,001 characters in words, and the text stays where it can be shortened', async () => {
    const long = 'x'.repeat(5_001)
    await marta.says(long)
    await marta.panel
      .getByText(/up to 5,?000/)
      .first()
      .waitFor()
    expect(await marta.composer.inputValue()).toBe(long)
    await marta.composer.fill('')
  })

  it.each([
    ['a zero character', 'before\u0000after'],
    ['half a sign', 'before\uD800after'],
  ])('refuses %s in words, and the text stays where it can be corrected', async (_what, text) => {
    await marta.composer.evaluate(
      (node, codes) => {
        const area = node as HTMLTextAreaElement
        area.value = String.fromCharCode(...codes)
        area.dispatchEvent(new InputEvent('input', { bubbles: true }))
      },
      [...Array(text.length).keys()].map((index) => text.charCodeAt(index)),
    )
    await marta.panel.getByRole('button', { name: 'Send', exact: true }).click()
    await marta.panel
      .getByText('The text holds a character that cannot be stored. Please remove it.')
      .waitFor()
    expect(await marta.composer.inputValue()).toContain('before')
    const corrected = own('corrected')
    await marta.says(corrected)
    await elin.sees(corrected)
    expect(await elin.log.getByText(/before.*after/).count()).toBe(0)
  })

  it('shows another buyer’s conversation to nobody who only knows its id', async () => {
    const conversationId = await marta.page.evaluate(
      () => JSON.parse(localStorage['parley:marlow'] ?? '{}').conversation,
    )
    expect(conversationId).toBeTruthy()
    const omar = await Buyer.arrives(stage.browser, stage.world.url)
    await omar.signsIn('omar')
    await omar.visits('/demo/')
    const frames = wiretap(omar.page)
    for (const id of [conversationId, 'cnv_of_nobody']) {
      await omar.page.evaluate((value) => {
        const { Parley } = window as unknown as { Parley(...call: unknown[]): void }
        Parley('openTo', 'conversation', value)
      }, id)
      await omar.panel.getByText('This chat cannot be shown here.').waitFor()
      await omar.panel.getByRole('button', { name: 'Back' }).click()
    }
    expect(frames.filter((frame) => frame.includes('if nobody is at home'))).toEqual([])
    await omar.panel.getByRole('heading', { name: 'Who can help you?' }).waitFor()
  })

  it('does not let a page of an origin that is not allowed show the chat, and that page says so calmly', async () => {
    const shop = createServer((_request, response) => {
      response.setHeader('Content-Type', 'text/html')
      response.end(
        `<!doctype html><title>Elsewhere</title><script async src="${stage.world.url}/w/marlow.js"></script>`,
      )
    }).listen(0, '127.0.0.1')
    await once(shop, 'listening')
    try {
      const context = await stage.browser.newContext({ locale: 'en-GB' })
      const page = await context.newPage()
      await page.clock.install()
      await page.goto(`http://127.0.0.1:${(shop.address() as AddressInfo).port}/`)
      const frames = wiretap(page)
      await page.getByRole('button', { name: 'Open chat' }).click()
      await page.mouse.move(5, 5)
      await page.clock.fastForward(10_001)
      await page.getByRole('button', { name: /^Chat cannot be reached/ }).waitFor()
      expect(await page.locator('parley-chat iframe').count()).toBe(0)
      expect(frames).toEqual([])
    } finally {
      shop.closeAllConnections()
      shop.close()
    }
  })

  it('shows markup, bidi overrides and stacked marks as the text they are, on both sides', async () => {
    const texts = [
      "<img src=x onerror=\"document.title='owned'\"><script>document.title='owned'</script>",
      'abc \u202Etxt.exe\u202C def',
      'stacked Z͑ͫ̓ marks',
      'javascript:alert(1) and https://example.com/path?q=1',
    ]
    for (const text of texts) {
      await marta.says(text)
      await expect
        .poll(() => elin.log.locator('article').allInnerTexts())
        .toContainEqual(expect.stringContaining(text.slice(0, 12)))
    }
    const shown = await marta.messages()
    for (const text of texts) expect(shown).toContain(text)
    expect(await marta.page.title()).not.toContain('owned')
    expect(await elin.page.title()).not.toContain('owned')
    expect(await marta.log.locator('img[src=x], script').count()).toBe(0)
    const links = await elin.log
      .locator('a[href]')
      .evaluateAll((found) => found.map((link) => link.getAttribute('href')))
    expect(links.filter((href) => href?.startsWith('javascript:'))).toEqual([])
    const link = elin.log.locator('a[href="https://example.com/path?q=1"]')
    expect(await link.getAttribute('rel')).toContain('noopener')
  })

  it.each([
    ['a 40 MB photo', 'large.png', Buffer.alloc(40 * 1024 * 1024, 1), /MB/],
    ['an SVG', 'logo.svg', '<svg xmlns="http://www.w3.org/2000/svg"/>', /file|photo|type/i],
    ['a renamed program', 'holiday.png', Buffer.from('MZ\u0090\u0000program', 'latin1'), /file|photo|type/i],
  ])('refuses %s in words, and the chat goes on', async (_what, name, content, words) => {
    // What an earlier file was refused for is not taken for this one's refusal.
    const problem = marta.panel.getByRole('alert')
    await marta.composer.fill('.')
    await problem.waitFor({ state: 'detached' })
    const path = join(folder, name)
    writeFileSync(path, content)
    await marta.panel.locator('input[type=file]').setInputFiles(path)
    await problem.filter({ hasText: words }).waitFor()
    const text = own(`still here after ${name}`)
    await marta.says(text)
    await elin.sees(text)
    expect(await elin.log.getByRole('img', { name }).count()).toBe(0)
  })
})
