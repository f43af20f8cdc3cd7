import { openPostOffice, type PostOffice } from '@parley/server/src/notify/post-office.ts'
import type { Browser } from 'playwright'
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest'
import { Buyer, Member, own, picture } from '../cast.ts'
import { openBrowser, startParley, type World } from '../world.ts'

const patient = { timeout: 20_000 }

describe('a buyer who ends a chat, where mail can be sent', () => {
  let office: PostOffice
  let world: World
  let browser: Browser
  beforeAll(async () => {
    office = await openPostOffice()
    world = await startParley({
      engine: 'postgres',
      env: {
        RATE_LIMIT_FACTOR: '100',
        SMTP_URL: `smtp://127.0.0.1:${office.port}`,
        MAIL_FROM: 'Marlow <chat@marlow.example>',
      },
    })
    browser = await openBrowser()
  })
  beforeEach((context) => context.onTestFailed(() => picture(browser, context.task.name.slice(0, 40))))
  afterAll(async () => {
    await browser?.close()
    await world?.stop()
    await office?.close()
  })

  /** What has been brought to an address and holds the given words. */
  const letters = (to: string, words: string) =>
    office.received.filter((mail) => mail.to.includes(to) && mail.text.includes(words))

  it('rates it in stars and words, gets the copy by mail once, and goes on in the same chat', async () => {
    const elin = await Member.signsIn(browser, world.url, 'elin')
    const marta = await Buyer.arrives(browser, world.url)
    await marta.signsIn('marta')
    await marta.visits('/demo/products/prd_pourover')
    await marta.opensChat()
    await marta.chooses(/^Kiln & Thread Vendor/)
    const question = own('Is the glaze food safe?')
    const answer = own('It is, tested every year.')
    await marta.says(question)
    await marta.sees(question)
    await elin.takes(question)
    await elin.says(answer)
    await marta.sees(answer)

    await marta.panel.getByRole('button', { name: 'More' }).click()
    await marta.panel.getByRole('menuitem', { name: 'End chat' }).click()
    await marta.log.getByText(/^You ended the chat at \d\d:\d\d$/).waitFor()
    await marta.panel.getByRole('heading', { name: 'How was this chat with Kiln & Thread?' }).waitFor()
    // The card is in view by itself, not below the fold.
    const stars = marta.panel.getByRole('radio', { name: '4 of 5, Good' })
    await expect.poll(() => stars.evaluate(isInView)).toBe(true)
    await stars.check({ force: true })
    const words = own('Kind and exact.')
    await marta.panel.getByRole('textbox', { name: /^Anything to add/ }).fill(words)
    await marta.panel.getByRole('button', { name: 'Send rating' }).click()
    await marta.sees('You rated this chat 4 of 5')
    await elin.log.getByText(/4 stars of 5/).waitFor()
    await elin.sees(words)

    await marta.panel.getByRole('button', { name: 'Email me a copy' }).click()
    await marta.sees('A copy is on its way to m…@studio.example')
    await expect.poll(() => letters('marta@studio.example', answer).length, patient).toBe(1)
    const [letter] = letters('marta@studio.example', answer)
    expect(letter?.text).toContain(question)
    expect(letter?.text.indexOf(question)).toBeLessThan(letter?.text.indexOf(answer) ?? -1)

    await marta.panel.getByRole('button', { name: 'Write again' }).click()
    const more = own('One more thing.')
    await marta.says(more)
    await marta.sees('The chat is open again')
    await elin.sees(more)
    expect(await marta.messages()).toEqual([question, answer, more])
    expect([...marta.faults, ...elin.faults]).toEqual([])
  })

  it('gets the copy at the address given in the form, and without one is not offered any', async () => {
    const priya = await Member.signsIn(browser, world.url, 'priya')
    for (const address of ['guest@post.example', '']) {
      const guest = await Buyer.arrives(browser, world.url)
      await guest.visits('/demo/')
      await guest.opensChat()
      await guest.chooses(/^Marlow support/)
      const { panel } = guest
      await panel.getByRole('radio', { name: 'I buy here' }).check({ force: true })
      await panel.getByRole('textbox', { name: 'Your name' }).fill('Guest')
      await panel.getByRole('textbox', { name: /^E-mail/ }).fill(address)
      await panel.getByRole('radio', { name: 'Product' }).check({ force: true })
      const question = own('Do you ship to Madeira?')
      await panel.getByRole('textbox', { name: 'How can we help?' }).fill(question)
      await panel.getByRole('button', { name: /^(Start chat|Send message)$/ }).click()
      await guest.sees(question)
      await priya.takes(question)
      await priya.button(/^Resolve/).click()
      await panel.getByRole('button', { name: 'Write again' }).waitFor()
      const copy = panel.getByRole('button', { name: 'Email me a copy' })
      if (address) {
        await copy.click()
        await expect.poll(() => letters(address, question).length, patient).toBe(1)
      } else expect(await copy.count()).toBe(0)
      // Nobody has answered: there is nothing to rate.
      expect(await panel.getByRole('radio', { name: /of 5/ }).count()).toBe(0)
      expect(guest.faults).toEqual([])
    }
  })
})

function isInView(node: Element): boolean {
  const { top, bottom } = node.getBoundingClientRect()
  const box = node.closest('[role=log]')?.getBoundingClientRect()
  return box !== undefined && top >= box.top && bottom <= box.bottom
}
