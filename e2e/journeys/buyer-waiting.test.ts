import type { Page } from 'playwright'
import { describe, expect, it } from 'vitest'
import { Buyer, Member, own } from '../cast.ts'
import { openStage } from '../stage.ts'

const soon = { timeout: 15_000 }
const ordinals = [
  'next',
  'second',
  'third',
  'fourth',
  'fifth',
  'sixth',
  'seventh',
  'eighth',
  'ninth',
  'tenth',
]

describe('a buyer who waits', () => {
  const stage = openStage({ engine: 'postgres', env: { RATE_LIMIT_FACTOR: '100' } })

  async function buyerOf(name: 'marta' | 'omar' | 'oluwaseun', path: string): Promise<Buyer> {
    const buyer = await Buyer.arrives(stage.browser, stage.world.url)
    await buyer.signsIn(name)
    await buyer.visits(path)
    await buyer.opensChat()
    return buyer
  }

  it('is told the place in line, an honest wait and what it rests on, and moves up without asking', async () => {
    const nils = await Member.signsIn(stage.browser, stage.world.url, 'nils')
    const omar = await buyerOf('omar', '/demo/products/prd_belt')
    await omar.panel
      .getByText(/^Online/)
      .first()
      .waitFor()
    // Five chats were just taken, which is what a wait can be told from; and nobody has room for more.
    for (let count = 0; count < 5; count += 1) {
      const { conversationId } = await asks<{ conversationId: string }>(omar.page, 'startConversation', {
        requestId: own('start').replace(' ', '-'),
        with: { kind: 'vendor', vendorId: 'ven_nordvik' },
        answers: { description: own('Does it fit?') },
      })
      const requestId = own('take').replace(' ', '-')
      await asks(nils.page, 'takeConversation', { conversationId, requestId })
    }

    const marta = await buyerOf('marta', '/demo/products/prd_satchel')
    await marta.chooses(/^Nordvik Leather Vendor/)
    await marta.says('Is the chestnut one in stock?')
    const hers = await placeOf(marta)
    await marta.panel.getByText(/^About \d+(\smin| to \d+ minutes)$/).waitFor()
    await marta.panel.getByText(/^From the last \d+ chats\. Updated at \d\d:\d\d\.$/).waitFor()
    await marta.panel.getByText('You can close this window and keep your place.').waitFor()

    const oluwaseun = await buyerOf('oluwaseun', '/demo/products/prd_belt')
    await oluwaseun.chooses(/^Nordvik Leather Vendor/)
    const text = own('Do you make it longer?')
    await oluwaseun.says(text)
    expect(await placeOf(oluwaseun)).toBe(hers + 1)
    await marta.panel.getByRole('button', { name: 'Leave the line' }).click()
    await marta.log.getByText(/^You ended the chat at \d\d:\d\d$/).waitFor()
    await oluwaseun.panel.getByRole('heading', { name: words(hers) }).waitFor(soon)
    const detail = own('A detail while I wait.')
    await oluwaseun.says(detail)
    await oluwaseun.log.getByText(/, (Sent|Delivered|Read)$/).waitFor()
    await nils.takes(detail)
    await oluwaseun.log.getByText('Nordvik Leather joined').waitFor()
    await oluwaseun.panel.getByRole('heading', { name: words(hers) }).waitFor({ state: 'detached' })
    await nils.sees(text)
    expect([...marta.faults, ...oluwaseun.faults, ...nils.faults]).toEqual([])
  })

  it('with nobody there leaves a message, is promised no mail that cannot be sent, and is answered later', async () => {
    const omar = await buyerOf('omar', '/demo/products/prd_stool')
    const choice = omar.panel.getByRole('button', { name: /^Lumen & Oak Vendor/ })
    await choice.getByText(/^Away/).waitFor()
    await choice.click()
    const text = own('Can the stool be shortened?')
    await omar.says(text)
    await omar.panel.getByText('Saved. We answer here.', { exact: true }).waitFor()
    // Who has left a message does not stand in line.
    expect(await omar.panel.getByText(/in line/).count()).toBe(0)
    await omar.log.getByText(/, (Sent|Delivered|Read)$/).waitFor()
    await omar.context.close()

    const wren = await Member.signsIn(stage.browser, stage.world.url, 'wren')
    await wren.takes(text)
    const answer = own('By up to five centimetres.')
    await wren.says(answer)
    await wren.sees(answer)
    const back = await buyerOf('omar', '/demo/')
    await back.chooses(new RegExp(`^Lumen & Oak ${answer}.*unread message`))
    await back.sees(answer)
    await wren.log.getByText(/Read by Omar/).waitFor()
    expect(back.faults).toEqual([])
  })

  it('is asked only what belongs to the chosen counterpart and topic, and nothing the marketplace has signed', async () => {
    const visitor = await Buyer.arrives(stage.browser, stage.world.url)
    await visitor.visits('/demo/products/prd_lamp')
    await visitor.opensChat()
    const { panel } = visitor
    const asked = () => panel.locator('label[for], legend').allInnerTexts()
    await visitor.chooses(/^Marlow support/)
    await panel.getByRole('radio', { name: 'Payment' }).check({ force: true })
    const always = ['Are you buying or selling?', 'Your name', 'E-mail (optional)', 'What is it about?']
    expect(await asked()).toEqual([...always, 'How can we help?'])
    await panel.getByRole('radio', { name: 'Delivery' }).check({ force: true })
    expect(await asked()).toEqual([...always, 'Order number (optional)', 'How can we help?'])
    await panel.getByRole('button', { name: 'Back' }).click()
    await visitor.chooses(/^Lumen & Oak Vendor/)
    expect(await asked()).toEqual(['Your name', 'E-mail (optional)', 'What would you like to ask?'])

    const marta = await buyerOf('marta', '/demo/orders/48213')
    await marta.chooses(/^Marlow support/)
    await marta.panel.getByRole('radio', { name: 'Delivery' }).check({ force: true })
    expect(await marta.panel.locator('label[for], legend').allInnerTexts()).toEqual([
      'What is it about?',
      'How can we help?',
    ])
    expect([...visitor.faults, ...marta.faults]).toEqual([])
  })
})

function words(place: number): string {
  return place === 1 ? 'You are next in line' : `You are ${ordinals[place - 1]} in line`
}

async function placeOf({ panel }: Buyer): Promise<number> {
  const heading = panel.getByRole('heading', { name: /^You are \w+ in line$/ })
  const [, word = ''] = /^You are (\w+)/.exec(await heading.innerText()) ?? []
  return ordinals.indexOf(word) + 1
}

/** A command over HTTP as whoever this page belongs to. */
async function asks<Value>(page: Page, name: string, wish: object): Promise<Value> {
  const answer = await page.evaluate(
    async ([command, body]) => {
      const { token } = JSON.parse(localStorage['parley:marlow'] ?? '{}')
      const who = location.pathname.startsWith('/demo')
        ? { authorization: `Bearer ${token}`, 'parley-site': 'marlow' }
        : { 'parley-csrf': '1' }
      const response = await fetch(`/api/v1/commands/${command}`, {
        method: 'POST',
        headers: { 'content-type': 'application/json', ...who },
        body: JSON.stringify(body),
      })
      return { isOk: response.ok, value: await response.json() }
    },
    [name, wish] as const,
  )
  if (!answer.isOk) throw new Error(`${name} was refused: ${JSON.stringify(answer.value)}`)
  return answer.value as Value
}
