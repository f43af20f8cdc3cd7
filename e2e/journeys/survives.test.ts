import type { Browser } from 'playwright'
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest'
import { Buyer, Member, picture } from '../cast.ts'
import { openBrowser, startParley, type World } from '../world.ts'

describe('what was written survives', () => {
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

  async function chatting(): Promise<{ marta: Buyer; elin: Member }> {
    const elin = await Member.signsIn(browser, world.url, 'elin')
    const marta = await Buyer.arrives(browser, world.url)
    await marta.signsIn('marta')
    await marta.visits('/demo/orders/48213')
    await marta.opensChat()
    await marta.chooses(/^Kiln & Thread Vendor/)
    return { marta, elin }
  }

  it('a kill of the server: what was acknowledged is there, what was not goes out once, nobody reloads', async () => {
    const { marta, elin } = await chatting()
    await marta.says('Before the kill.')
    await marta.log.getByText(/Sent|Delivered/).waitFor()
    await elin.opens(/Before the kill/)
    await elin.accepts()
    await world.kill9()
    await marta.panel.getByText('No connection. Messages go out when it returns.').waitFor()
    await marta.says('While it is away, one.')
    await marta.says('While it is away, two.')
    await elin.says('From the vendor meanwhile.')
    world = await startParley({ dataDir: world.dataDir, env: { PORT: String(world.port) } })
    await marta.sees('From the vendor meanwhile.')
    await elin.sees('While it is away, two.')
    const texts = await marta.messages()
    expect(texts.filter((text) => text !== 'From the vendor meanwhile.')).toEqual([
      'Before the kill.',
      'While it is away, one.',
      'While it is away, two.',
    ])
    expect(texts).toHaveLength(4)
    const stored = await marta.opensTab('/demo/orders/48213')
    await stored.opensChat()
    await stored.continues(/From the vendor|While it is away/)
    await stored.sees('While it is away, two.')
    expect(await stored.messages()).toEqual(texts)
  })

  it('a page closed with unsent messages: they go out once, in order, when the buyer comes back', async () => {
    const { marta, elin } = await chatting()
    await marta.says('First, with a connection.')
    await marta.log.getByText(/Sent|Delivered/).waitFor()
    await marta.context.setOffline(true)
    await marta.says('Written in the tunnel, one.')
    await marta.says('Written in the tunnel, two.')
    await marta.page.close()
    await marta.context.setOffline(false)
    const back = await marta.opensTab('/demo/orders/48213')
    await back.opensChat()
    await back.continues(/with a connection|in the tunnel/)
    await back.sees('Written in the tunnel, two.')
    await back.log
      .getByText(/Sent|Delivered|Read/)
      .first()
      .waitFor()
    await elin.shows('All')
    await elin.opens(/in the tunnel, two/)
    await elin.sees('Written in the tunnel, two.')
    expect(await back.messages()).toEqual([
      'First, with a connection.',
      'Written in the tunnel, one.',
      'Written in the tunnel, two.',
    ])
  })
})
