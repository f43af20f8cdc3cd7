import { describe, expect, it } from 'vitest'
import { Buyer, Member, wiretap } from '../cast.ts'
import { openStage } from '../stage.ts'

describe('a vendor in the console', () => {
  const stage = openStage({ engine: 'postgres', env: { RATE_LIMIT_FACTOR: '100' } })

  it('sees what is its own and nothing else: no list, no address, no search and no frame shows more', async () => {
    const canary = 'My card ends in 9ZK4.'
    const elin = await Member.arrives(stage.browser, stage.world.url)
    const frames = wiretap(elin.page)
    await elin.writesCredentials('elin@kiln.example', 'parley-demo-password')
    await elin.page.getByRole('navigation', { name: 'Places' }).waitFor()

    const omar = await Buyer.arrives(stage.browser, stage.world.url)
    await omar.signsIn('omar')
    await omar.visits('/demo/')
    await omar.asksSupport('Payment', canary)
    const ines = await Member.signsIn(stage.browser, stage.world.url, 'ines')
    await ines.shows('All')
    await ines.opens(canary)
    await ines.sees(canary)
    const address = new URL(ines.page.url()).pathname

    const marta = await Buyer.arrives(stage.browser, stage.world.url)
    await marta.signsIn('marta')
    await marta.visits('/demo/products/prd_bowl')
    await marta.opensChat()
    await marta.chooses(/^Kiln & Thread Vendor/)
    await marta.says('Is the bowl safe in an oven?')
    // New rows wait while the pointer rests on the list.
    await elin.page.mouse.move(720, 20)
    await elin.row('Is the bowl safe in an oven?').waitFor()
    for (const view of ['Mine', 'Waiting', 'Team', 'All', 'Closed'] as const) {
      await elin.shows(view)
      await elin.page.getByRole('tab', { name: new RegExp(`^${view}`), selected: true }).waitFor()
      await elin.page.locator('[class*="_skeleton"]').first().waitFor({ state: 'detached' })
      expect(await elin.list.innerText()).not.toMatch(/9ZK4/)
    }
    await elin.shows('All')
    await elin.button(/^Search the inbox/).click()
    await elin.page.getByRole('searchbox', { name: 'Search the inbox' }).fill('9ZK4')
    await elin.page.getByText('No conversation matches “9ZK4”').waitFor()
    await elin.visits(address)
    await elin.page.getByText('This conversation is not here').waitFor()

    await elin.visits('/console/inbox/all')
    await elin.opens('Is the bowl safe in an oven?')
    await elin
      .button(/^(Accept|Take)/)
      .first()
      .click()
    await elin.says('Up to 200 degrees.')
    await marta.sees('Up to 200 degrees.')
    // Notes are the marketplace's; a vendor is not even asked whether it wants to write one.
    expect(await elin.page.getByRole('radio', { name: 'Note' }).count()).toBe(0)
    const all = frames.join()
    expect(all).toContain('Is the bowl safe in an oven?')
    expect(all).not.toMatch(/9ZK4|marta@studio\.example|omar@post\.example/)
    expect(elin.faults).toEqual([])
  })

  it('sends a picture that the buyer sees, and says of a file that is none why it was not taken', async () => {
    const nils = await Member.signsIn(stage.browser, stage.world.url, 'nils')
    const marta = await Buyer.arrives(stage.browser, stage.world.url)
    await marta.signsIn('marta')
    await marta.visits('/demo/products/prd_satchel')
    await marta.opensChat()
    await marta.chooses(/^Nordvik Leather Vendor/)
    await marta.says('How does the inside look?')
    await nils.opens('How does the inside look?')
    await nils.accepts()
    const picker = nils.page.locator('input[type=file]')
    await picker.setInputFiles({
      name: 'inside.png',
      mimeType: 'image/png',
      buffer: Buffer.from('MZ this is a program'),
    })
    await nils.page.getByText('Files of this kind are not accepted.').first().waitFor()
    expect(await nils.button(/^Send/).isDisabled()).toBe(true)
    await nils
      .button(/^Remove/)
      .first()
      .click()
    await picker.setInputFiles({
      name: 'inside.png',
      mimeType: 'image/png',
      buffer: await marta.page.screenshot({ clip: { x: 0, y: 0, width: 320, height: 240 } }),
    })
    await nils.composer.fill('Like this.')
    await nils.page.locator('button:not([disabled])', { hasText: /^Send/ }).waitFor()
    await nils.button(/^Send/).click()
    await marta.sees('Like this.')
    await marta.log.locator('img[src^="blob:"]').waitFor()
    expect(nils.faults.filter((fault) => !/4\d\d/.test(fault))).toEqual([])
  })
})
