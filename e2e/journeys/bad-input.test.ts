import type { Browser } from 'playwright'
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest'
import { Buyer, Member, picture } from '../cast.ts'
import { openBrowser, startParley, type World } from '../world.ts'

describe('bad input in the widget', () => {
  let world: World
  let browser: Browser
  let marta: Buyer
  let elin: Member
  beforeAll(async () => {
    world = await startParley({ env: { RATE_LIMIT_FACTOR: '100' } })
    browser = await openBrowser()
    elin = await Member.signsIn(browser, world.url, 'elin')
    marta = await Buyer.arrives(browser, world.url)
    await marta.signsIn('marta')
    await marta.visits('/demo/orders/48213')
    await marta.opensChat()
    await marta.panel.getByRole('button', { name: /And if nobody is at home/ }).click()
    await elin.shows('All')
    await elin.opens(/Marta/)
  })
  beforeEach((context) => context.onTestFailed(() => picture(browser, context.task.name.slice(0, 40))))
  afterAll(async () => {
    await browser?.close()
    await world?.stop()
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

  it('shows markup, bidi overrides and stacked marks as the text they are, on both sides', async () => {
    const texts = [
      "<img src=x onerror=\"document.title='owned'\"><script>document.title='owned'</script>",
      'abc \u202Etxt.exe\u202C def',
      'stacked Z͑ͫ̓ marks',
      'javascript:alert(1) and https://example.com/path?q=1',
    ]
    for (const text of texts) {
      await marta.says(text)
      await elin.log.getByText(text.slice(0, 12)).last().waitFor()
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
    ['a 40 MB photo', { name: 'large.png', mimeType: 'image/png', bytes: 40 * 1024 * 1024 }, /MB/],
    [
      'an SVG',
      { name: 'logo.svg', mimeType: 'image/svg+xml', text: '<svg xmlns="http://www.w3.org/2000/svg"/>' },
      /file|photo|type/i,
    ],
    [
      'a renamed program',
      { name: 'holiday.png', mimeType: 'image/png', text: 'MZ\u0090\u0000program' },
      /file|photo|type/i,
    ],
  ])('refuses %s in words, and the chat goes on', async (_what, file, words) => {
    const buffer =
      'bytes' in file && file.bytes
        ? Buffer.alloc(file.bytes, 1)
        : Buffer.from(String('text' in file ? file.text : ''), 'latin1')
    await marta.panel
      .locator('input[type=file]')
      .setInputFiles({ name: file.name, mimeType: file.mimeType, buffer })
    await marta.panel.getByRole('alert').filter({ hasText: words }).first().waitFor()
    await marta.says(`still here after ${file.name}`)
    await elin.sees(`still here after ${file.name}`)
    expect(await elin.log.getByRole('img', { name: file.name }).count()).toBe(0)
  })
})
