import { describe, expect, it } from 'vitest'
import { Buyer, Member, own } from '../cast.ts'
import { openStage } from '../stage.ts'

describe('the main journey', () => {
  const stage = openStage({ browser: { isolatesOrigins: true } })

  it('takes a buyer from an order to an answer, through a photo, an end and a rating', async () => {
    const question = own('The cup arrived with a small chip on the rim.')
    const answer = own('Thank you. A new cup leaves today.')
    const elin = await Member.signsIn(stage.browser, stage.world.url, 'elin')
    const marta = await Buyer.arrives(stage.browser, stage.world.url)
    await marta.signsIn('marta')
    await marta.visits('/demo/orders/48213')
    await marta.opensChat()
    await marta.chooses(/^Kiln & Thread Vendor.*Online/)
    await marta.says(question)
    await marta.sees(question)

    await elin.opens(question)
    await elin.accepts()
    await elin.sees(question)
    // The order is beside the conversation, checked by the signed identity; the buyer's address is not.
    const details = elin.page.getByRole('complementary', { name: 'Details' })
    await details.getByText(/48213/).first().waitFor()
    await details.getByText('Verified', { exact: true }).waitFor()
    expect(await elin.page.content()).not.toContain('marta@studio.example')
    await elin.says('I am sorry. Could you send a photo?')
    await marta.sees('I am sorry. Could you send a photo?')
    await elin.log.getByText(/Read by Marta/).waitFor()

    await marta.panel.locator('input[type=file]').setInputFiles({
      name: 'chip.png',
      mimeType: 'image/png',
      buffer: await marta.page.screenshot({ clip: { x: 0, y: 0, width: 320, height: 240 } }),
    })
    await marta.panel.getByText(/^\d+ kB$/).waitFor()
    await marta.panel.getByRole('button', { name: 'Send', exact: true }).click()
    await marta.log.locator('img[src^="blob:"]').waitFor()
    await elin.log.locator('img[src*="/api/v1/files/"]').waitFor()
    await elin.says(answer)
    await marta.sees(answer)

    await elin.page.getByRole('button', { name: /^Resolve/ }).click()
    await marta.panel.getByRole('radio', { name: /^5 of 5/ }).check({ force: true })
    await marta.panel.getByRole('button', { name: /Send rating/ }).click()
    await marta.sees('You rated this chat 5 of 5')
    // No way to send mail is configured here: the choice is not there.
    await marta.panel.getByRole('button', { name: 'Write again' }).waitFor()
    expect(await marta.panel.getByRole('button', { name: 'Email me a copy' }).count()).toBe(0)
    await elin.shows('Closed')
    await elin.opens(answer)
    await elin.log
      .getByText(/5 of 5|5 stars|rated/i)
      .first()
      .waitFor()
    expect(marta.faults).toEqual([])
    expect(elin.faults).toEqual([])
  })

  it('shows the same conversation after a reload, in a second tab and on another page of the shop', async () => {
    const question = own('Was I charged twice?')
    const detail = own('Order 47950, if that helps.')
    const priya = await Member.signsIn(stage.browser, stage.world.url, 'priya')
    const omar = await Buyer.arrives(stage.browser, stage.world.url)
    await omar.signsIn('omar')
    await omar.visits('/demo/')
    await omar.opensChat()
    await omar.chooses(/^Marlow support/)
    const topic = omar.panel.getByRole('radio', { name: 'Payment' })
    await topic.check({ force: true })
    await omar.panel.getByRole('textbox').last().fill(question)
    await omar.panel.getByRole('button', { name: /Start chat|Send message/ }).click()
    await omar.sees(question)
    await omar.page.reload()
    await omar.opensChat()
    await omar.panel.getByText(question).first().waitFor()
    const tab = await omar.opensTab('/demo/products/prd_lamp')
    await tab.opensChat()
    await tab.continues(new RegExp(question.replace('?', '\\?')))
    await tab.sees(question)
    await tab.says(detail)
    await priya.shows('All')
    await priya.opens(detail)
    await priya.sees(question)
    await priya.sees(detail)
    expect(await tab.messages()).toEqual([question, detail])
    // The first tab heard of it without asking.
    await expect.poll(() => omar.messages()).toEqual([question, detail])
    expect([...omar.faults, ...tab.faults, ...priya.faults]).toEqual([])
  })

  it('leaves nothing of the previous person behind when a buyer signs out', async () => {
    const marta = await Buyer.arrives(stage.browser, stage.world.url)
    await marta.signsIn('marta')
    await marta.visits('/demo/orders')
    await marta.opensChat()
    await marta.panel.getByRole('heading', { name: 'Your chats' }).waitFor()
    await marta.page.getByRole('button', { name: /Sign out/ }).click()
    await marta.page
      .getByRole('link', { name: /Sign in/ })
      .first()
      .waitFor()
    const kept = await marta.page.evaluate(() => JSON.stringify({ ...localStorage, ...sessionStorage }))
    expect(kept).not.toMatch(/Marta|marta|Kiln/)
    await marta.opensChat()
    await marta.panel.getByRole('heading', { name: 'Who can help you?' }).waitFor()
    expect(await marta.panel.locator('body').innerText()).not.toMatch(/Your chats|Marta/)
  })
})
