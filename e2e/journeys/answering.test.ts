import type { Locator } from 'playwright'
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { Buyer, type BuyerName, Member, wiretap } from '../cast.ts'
import { openStage } from '../stage.ts'

describe('answering', () => {
  let priya: Member
  let jonas: Member
  const stage = openStage(
    { engine: 'postgres', env: { RATE_LIMIT_FACTOR: '100' } },
    async ({ browser, world }) => {
      priya = await Member.signsIn(browser, world.url, 'priya')
      jonas = await Member.signsIn(browser, world.url, 'jonas')
    },
  )

  // Whatever the test before has left open, chosen or filtered: each begins at the inbox.
  beforeEach(() => Promise.all([priya, jonas].map((member) => member.visits('/console/inbox/mine'))))
  afterEach(() => Promise.all(buyers.splice(0).map((buyer) => buyer.context.close())))
  const buyers: Buyer[] = []

  async function arrives(): Promise<Buyer> {
    const arrived = await Buyer.arrives(stage.browser, stage.world.url)
    buyers.push(arrived)
    return arrived
  }

  async function buyer(name: BuyerName): Promise<Buyer> {
    const arrived = await arrives()
    await arrived.signsIn(name)
    await arrived.visits('/demo/')
    return arrived
  }

  /** A buyer in a chat with Priya, both with it open. */
  async function inTalk(name: BuyerName, text: string): Promise<Buyer> {
    const talking = await buyer(name)
    await talking.asksSupport('Account', text)
    await priya.takes(text)
    return talking
  }

  async function whoIsOffered(text: string): Promise<Member> {
    await Promise.all([priya.shows('Mine'), jonas.shows('Mine')])
    return Promise.race(
      [priya, jonas].map(async (member) => {
        await member.row(text).filter({ hasText: 'Offered to you' }).waitFor()
        return member
      }),
    )
  }

  it('an offer counts down, a decline sends it to the other, and what both let pass can be taken', async () => {
    const text = 'I cannot find my invoice of October.'
    const marta = await buyer('marta')
    await marta.asksSupport('Account', text)
    const first = await whoIsOffered(text)
    const second = first === priya ? jonas : priya
    await first.opens(text)
    await first.banner('Marta is offered to you.').waitFor()
    const shown = await first.banner(/\d+ s left/).innerText()
    expect(Number(/(\d+) s left/.exec(shown)?.[1])).toBeLessThanOrEqual(45)
    await first
      .banner(/\d+ s left/)
      .filter({ hasNotText: shown })
      .waitFor()
    await first.button('Decline').click()
    await second.row(text).filter({ hasText: 'Offered to you' }).waitFor()
    await second.opens(text)
    await second.banner('Marta is offered to you.').waitFor()
    await second.button('Decline').click()
    await second.banner('Waiting in Support.').waitFor()

    await first.shows('Waiting')
    await first.opens(text)
    await first.button(/^Take/).click()
    await first.assignee('you').waitFor()
    await first.says('Here it is: the invoice is under Orders.')
    await marta.sees('Here it is: the invoice is under Orders.')
    await second.shows('Team')
    await second.row(/the invoice is under Orders/).waitFor()
  })

  it('a canned reply comes by / with its variables filled, and one that is not filled holds Send back', async () => {
    const omar = await inTalk('omar', 'My name is spelled wrong on the label.')
    await priya.composer.pressSequentially('/hel')
    await priya.page.getByRole('option', { name: /Greeting/ }).waitFor()
    await priya.page.keyboard.press('Enter')
    const filled = /Hello Omar, this is Priya Raman from Marlow/
    expect(await priya.composer.inputValue()).toMatch(filled)
    await priya.button(/^Send/).click()
    await omar.sees(filled)

    await priya.composer.pressSequentially('/refund')
    await priya.page.getByRole('option', { name: /How long a refund takes/ }).waitFor()
    await priya.page.keyboard.press('Enter')
    await priya.button('Fill in {{order.id}}').click()
    expect(await priya.button(/^Send/).isDisabled()).toBe(true)
    await priya.page.keyboard.press('Control+Enter')
    // Its own button has selected the variable: typing replaces it.
    await priya.page.keyboard.type('47950')
    await priya.button(/^Send/).click()
    await omar.sees(/Your refund for order 47950 is on its way/)
    expect((await omar.messages()).join()).not.toContain('{{')
  })

  it('a note that calls a colleague is seen by colleagues, and no frame of it reaches the buyer', async () => {
    const canary = 'Canary 7Q2X: she asked last week as well.'
    const marta = await arrives()
    const frames = wiretap(marta.page)
    await marta.signsIn('marta')
    await marta.visits('/demo/')
    await marta.asksSupport('Account', 'Can I have two addresses?')
    await priya.takes('Can I have two addresses?')
    await priya.page.getByRole('radio', { name: 'Note' }).click()
    await priya.conversation.getByText('Team only. Marta cannot see this').waitFor()
    await priya.composer.pressSequentially('@Jon')
    await priya.page.getByRole('option', { name: 'Jonas Weber' }).waitFor()
    await priya.page.keyboard.press('Enter')
    await priya.composer.pressSequentially(canary)
    await priya.button(/^Add note/).click()
    await priya.log.getByText(canary).waitFor()
    await jonas.shows('All')
    await jonas.opens('Can I have two addresses?')
    const note = jonas.log.getByRole('article', { name: 'Note by Priya Raman, team only' })
    await note.getByText(canary).waitFor()
    expect(await note.locator('mark').innerText()).toBe('@Jonas Weber')

    await priya.page.getByRole('radio', { name: 'Reply' }).click()
    await priya.says('You can, under Account.')
    await marta.sees('You can, under Account.')
    await marta.page.reload()
    await marta.opensChat()
    await marta.continues(/You can, under Account/)
    await marta.sees('You can, under Account.')
    expect(await marta.panel.locator('body').innerText()).not.toContain('7Q2X')
    expect(frames.filter((frame) => frame.includes('You can, under Account.')).length).toBeGreaterThan(0)
    expect(frames.filter((frame) => /7Q2X|noteAdded/.test(frame))).toEqual([])
  })

  it('a conversation is passed on to Payments with a reason that the buyer never reads', async () => {
    const reason = 'Needs the ledger 5KZ9.'
    const omar = await arrives()
    const frames = wiretap(omar.page)
    await omar.signsIn('omar')
    await omar.visits('/demo/')
    await omar.asksSupport('Account', 'Somebody changed my bank details.')
    await priya.takes('Somebody changed my bank details.')
    await priya.button('More').click()
    await priya.page.getByRole('menuitem', { name: 'Pass on…' }).click()
    const dialog = priya.page.getByRole('dialog', { name: 'Pass the conversation on' })
    await dialog.getByLabel('To').selectOption({ label: 'Payments and refunds' })
    await dialog.getByRole('button', { name: 'Pass on' }).click()
    await dialog.getByText('Say why, so that nobody has to ask again.').waitFor()
    await dialog.getByLabel('Reason').fill(reason)
    await dialog.getByRole('button', { name: 'Pass on' }).click()
    await priya.page.getByText('Passed on to Payments and refunds').first().waitFor()

    await jonas.takes('Somebody changed my bank details.')
    await jonas.log.getByText(reason).waitFor()
    await jonas.says('I have the ledger open.')
    await omar.sees('I have the ledger open.')
    expect(await omar.panel.locator('body').innerText()).not.toContain('5KZ9')
    expect(frames.filter((frame) => frame.includes('5KZ9'))).toEqual([])
  })

  it('a snoozed conversation wakes when the buyer writes', async () => {
    const marta = await inTalk('marta', 'I will look for the number and write again.')
    await priya.button('Snooze').click()
    await priya.page.getByRole('menuitem', { name: /In 1 hour/ }).click()
    await priya.banner(/Snoozed until (tomorrow )?\d\d:\d\d/).waitFor()
    await marta.says('Found it: 4417.')
    await priya.sees('Found it: 4417.')
    await priya.banner(/Snoozed until/).waitFor({ state: 'detached' })
    await priya.unfolds('A reply ended the snooze')
  })

  it('what is resolved comes back by Undo, stays closed without it, and is opened again by a colleague or the buyer', async () => {
    const omar = await inTalk('omar', 'Thank you, that was all.')
    await priya.button(/^Resolve/).click()
    await priya.banner('This conversation is closed.').waitFor()
    await priya.button('Undo').click()
    await priya.banner('This conversation is closed.').waitFor({ state: 'detached' })
    await priya.button(/^Resolve/).click()
    await omar.panel.getByRole('button', { name: 'Write again' }).waitFor()
    await jonas.shows('Closed')
    await jonas.opens('Thank you, that was all.')
    await jonas
      .button(/^Reopen/)
      .first()
      .click()
    await jonas.banner('This conversation is closed.').waitFor({ state: 'detached' })
    await omar.composer.waitFor()
    await priya.button(/^Resolve/).click()
    await omar.panel.getByRole('button', { name: 'Write again' }).click()
    await omar.says('One more thing.')
    await priya.sees('One more thing.')
    await priya.unfolds('A reply reopened the conversation')
  })

  it('a draft is there after a reload, in the mode it was written in', async () => {
    await inTalk('marta', 'Take your time.')
    await priya.composer.fill('Half of an answer')
    await priya.page.getByRole('radio', { name: 'Note' }).click()
    await priya.composer.fill('half of a note')
    await priya.page.getByText('Draft saved').waitFor()
    await priya.page.reload()
    await priya.sees('Take your time.')
    expect(await priya.composer.inputValue()).toBe('Half of an answer')
    await priya.page.getByRole('radio', { name: 'Note' }).click()
    expect(await priya.composer.inputValue()).toBe('half of a note')
    await priya.composer.fill('')
    await priya.page.getByRole('radio', { name: 'Reply' }).click()
    await priya.composer.fill('')
  })

  it('colleagues see who else is reading and writing, and both sides see the other typing', async () => {
    const marta = await inTalk('marta', 'Are you two both there?')
    await jonas.shows('All')
    await jonas.opens('Are you two both there?')
    await priya.page.getByText('Jonas is viewing').waitFor()
    await jonas.button(/^Take over from Priya/).click()
    // Who goes on writing is seen; what was written once may have passed before one looks.
    const seen = (who: { composer: Locator }, what: Locator) =>
      expect
        .poll(
          async () => {
            await who.composer.press('n')
            return what.count()
          },
          { timeout: 30_000, interval: 1_000 },
        )
        .toBeGreaterThan(0)
    await seen(jonas, priya.page.getByText('Jonas is replying'))
    await seen(jonas, marta.panel.getByText('Jonas Weber is typing'))
    await priya.composer.pressSequentially('We')
    await seen(jonas, priya.page.getByText('Jonas is replying too'))
    await seen(marta, jonas.page.getByText('Marta Oliveira is writing'))
    await Promise.all([jonas.composer.fill(''), priya.composer.fill(''), marta.composer.fill('')])
    await priya.page.getByText('Jonas is viewing').waitFor()
  })

  it('the inbox counts, sorts in and finds without a reload', async () => {
    const first = await inTalk('oluwaseun', 'Is the stool in stock in walnut?')
    await inTalk('omar', 'Where do I change my password?')
    await priya.shows('Mine')
    await first.says('Or in oak?')
    await first.says('Or in pine?')
    const row = priya.row('Or in pine?')
    await row.getByText('2 unread').waitFor()
    await priya.opens('Or in pine?')
    await row.getByText('unread').waitFor({ state: 'detached' })

    await priya.button(/^Search the inbox/).click()
    const search = priya.page.getByRole('searchbox', { name: 'Search the inbox' })
    await search.fill('walnut')
    await priya.row('Where do I change my password?').waitFor({ state: 'detached' })
    await row.waitFor()
    await search.fill('zebra crossing')
    await priya.page.getByText('No conversation matches “zebra crossing”').waitFor()
    await priya.button('Clear search').click()
    await priya.row('Where do I change my password?').waitFor()

    await priya.button(/^Filter/).click()
    await priya.page.getByRole('menuitemradio', { name: 'Payments and refunds' }).click()
    await row.waitFor({ state: 'detached' })
    await priya.button(/Payments and refunds.*Remove filter/).click()
    await row.waitFor()
    await priya.button(/^Filter/).click()
    await priya.page.getByRole('menuitemradio', { name: 'Unread only' }).click()
    await priya.row('Where do I change my password?').waitFor({ state: 'detached' })
    await first.says('Or in steel?')
    await priya.button(/Unread.*Remove filter/).click()
    await priya.row('Or in steel?').waitFor()
  })

  it('nothing went wrong in either console on the way', () => {
    expect([...priya.faults, ...jonas.faults]).toEqual([])
  })
})
