import type { Browser } from 'playwright'
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest'
import { Buyer, Member, picture } from '../cast.ts'
import { openBrowser, startParley, type World } from '../world.ts'

describe('a site owner', () => {
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

  it('finds every settings page, and a vendor member only its own', async () => {
    const ines = await Member.signsIn(browser, world.url, 'ines')
    await ines.visits('/console/settings')
    const links = ines.page.getByRole('navigation', { name: /settings/i }).getByRole('link')
    await links.first().waitFor()
    const all = await links.allInnerTexts()
    for (const name of [
      'Profile',
      'Sign-ins',
      'General',
      'Appearance',
      'Hours',
      'Team',
      'Identity keys',
      'Canned replies',
      'Install',
      'Audit log',
    ])
      expect(all.join('\n')).toContain(name)
    const elin = await Member.signsIn(browser, world.url, 'elin')
    await elin.visits('/console/settings')
    const own = elin.page.getByRole('navigation', { name: /settings/i }).getByRole('link')
    await own.first().waitFor()
    expect((await own.allInnerTexts()).join('\n')).not.toMatch(/Identity keys|Team|Audit|Appearance/)
    expect([...ines.faults, ...elin.faults]).toEqual([])
  })

  it('sees on the installation page that the demo carries the chat, and from where', async () => {
    const visitor = await Buyer.arrives(browser, world.url)
    await visitor.visits('/demo/')
    await visitor.opensChat()
    await visitor.panel.getByRole('heading', { name: 'Who can help you?' }).waitFor()
    const ines = await Member.signsIn(browser, world.url, 'ines')
    await ines.visits('/console/settings/install')
    await ines.page.getByText('/w/marlow.js').first().waitFor()
    await ines.page.getByText(world.url).first().waitFor()
    expect(ines.faults).toEqual([])
  })
})
