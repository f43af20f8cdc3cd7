import type { Browser } from 'playwright'
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest'
import { Buyer, Member, own, picture } from '../cast.ts'
import { openBrowser, startParley, type World } from '../world.ts'

describe('what was written survives', () => {
  let world: World
  let browser: Browser
  beforeAll(async () => {
    world = await startParley()
    browser = await openBrowser()
  })
  beforeEach(async (context) => {
    context.onTestFailed(() => picture(browser, context.task.name.slice(0, 40)))
    // A try that failed between the kill and the new start leaves nobody at the door.
    if (!(await fetch(`${world.url}/readyz`).catch(() => undefined))?.ok) await startAgain()
  })
  afterAll(async () => {
    await browser?.close()
    await world?.stop()
  })

  async function startAgain(): Promise<void> {
    world = await startParley({ dataDir: world.dataDir, env: { PORT: String(world.port) } })
  }
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
    const [before, one, two] = [
      own('Before the kill.'),
      own('While it is away, one.'),
      own('While it is away, two.'),
    ]
    const answer = own('From the vendor meanwhile.')
    await marta.says(before)
    await marta.log.getByText(/Sent|Delivered/).waitFor()
    await elin.opens(before)
    await elin.accepts()
    await world.kill9()
    await marta.panel.getByText('No connection. Messages go out when it returns.').waitFor()
    await marta.says(one)
    await marta.says(two)
    await elin.says(answer)
    await startAgain()
    await marta.sees(answer)
    await elin.sees(two)
    const texts = await marta.messages()
    expect(texts.filter((text) => text !== answer)).toEqual([before, one, two])
    expect(texts).toHaveLength(4)
    const stored = await marta.opensTab('/demo/orders/48213')
    await stored.opensChat()
    await stored.continues(/From the vendor|While it is away/)
    await stored.sees(two)
    await expect.poll(() => stored.messages()).toEqual(texts)
  })

  it('a page closed with unsent messages: they go out once, in order, when the buyer comes back', async () => {
    const { marta, elin } = await chatting()
    const [first, one, two] = [
      own('First, with a connection.'),
      own('Written in the tunnel, one.'),
      own('Written in the tunnel, two.'),
    ]
    await marta.says(first)
    await marta.log.getByText(/Sent|Delivered/).waitFor()
    await marta.context.setOffline(true)
    await marta.says(one)
    await marta.says(two)
    await marta.page.waitForFunction((text) => JSON.stringify({ ...localStorage }).includes(text), two)
    await marta.page.close()
    await marta.context.setOffline(false)
    const back = await marta.opensTab('/demo/orders/48213')
    await back.opensChat()
    await back.continues(/with a connection|in the tunnel/)
    await back.sees(two)
    await back.log
      .getByText(/Sent|Delivered|Read/)
      .first()
      .waitFor()
    await elin.shows('All')
    await elin.opens(two)
    await elin.sees(two)
    await expect.poll(() => back.messages()).toEqual([first, one, two])
  })
})
