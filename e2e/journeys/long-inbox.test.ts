import { describe, expect, it } from 'vitest'
import { fillConversations } from '../bench/fill-conversations.ts'
import { openMarketplace } from '../bench/marketplace.ts'
import { Buyer, Member } from '../cast.ts'
import { openStage } from '../stage.ts'

const rowHeight = 88

describe('an inbox of ten thousand rows', () => {
  const stage = openStage({
    engine: 'postgres',
    async fill(where) {
      const marketplace = await openMarketplace(where)
      await fillConversations(marketplace, 10_500)
      await marketplace.close()
    },
  })

  it('is scrolled to its end, draws only what is near, and does not move when something new comes in', async () => {
    const ines = await Member.signsIn(stage.browser, stage.world.url, 'ines')
    const { page } = ines
    await ines.visits('/console/inbox/closed')
    await ines.list.getByRole('link').first().waitFor()
    const list = page.getByRole('list', { name: 'Closed' })
    const scrolled = await list.evaluateHandle((node) => node.parentElement as HTMLElement)
    await expect
      .poll(
        () =>
          scrolled.evaluate((node) => {
            node.scrollTop = node.scrollHeight
            return node.scrollHeight
          }),
        { timeout: 80_000, interval: 50 },
      )
      .toBeGreaterThan(10_000 * rowHeight)
    expect(await list.getByRole('link').count()).toBeLessThan(60)

    await scrolled.evaluate((node) => {
      node.scrollTop = node.scrollHeight / 2
    })
    const shown = list.getByRole('link').filter({ hasText: /Customer \d+/ })
    const place = () => scrolled.evaluate((node) => node.scrollTop)
    const middle = await place()
    const numbers = (await shown.allInnerTexts()).map((text) => Number(/Customer (\d+)/.exec(text)?.[1]))
    // The newest was closed first in this list: numbers only fall.
    expect(numbers).toEqual([...numbers].sort((one, other) => other - one))
    expect(new Set(numbers).size).toBe(numbers.length)

    const marta = await Buyer.arrives(stage.browser, stage.world.url)
    await marta.signsIn('marta')
    await marta.visits('/demo/')
    await marta.asksSupport('Account', 'One more on top of ten thousand.')
    const before = await page.getByRole('tab', { name: /^Waiting/ }).innerText()
    expect(before).toMatch(/\d/)
    expect(await place()).toBe(middle)
    expect(await list.getByRole('link').count()).toBeLessThan(60)
    await ines.shows('Waiting')
    await ines.button(/^Search the inbox/).click()
    await page.getByRole('searchbox', { name: 'Search the inbox' }).fill('on top of')
    await ines.row('One more on top of ten thousand.').waitFor()
    expect(ines.faults).toEqual([])
  })
})
