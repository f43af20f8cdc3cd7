import type { Locator } from 'playwright'
import { describe, expect, it } from 'vitest'
import { Buyer, Member, picture, wiretap } from '../cast.ts'
import { openStage } from '../stage.ts'

describe('a moderator', () => {
  let elin: Member
  let daniel: Member
  const stage = openStage(
    { engine: 'postgres', env: { RATE_LIMIT_FACTOR: '1000' } },
    async ({ world, browser }) => {
      elin = await Member.signsIn(browser, world.url, 'elin')
      daniel = await Member.signsIn(browser, world.url, 'daniel')
    },
  )

  /** Marta and Elin in the middle of a chat. */
  async function inTalk(text: string): Promise<{ marta: Buyer; heard: string[] }> {
    const marta = await Buyer.arrives(stage.browser, stage.world.url)
    const heard = wiretap(marta.page)
    await marta.signsIn('marta')
    await marta.visits('/demo/orders/48213')
    await marta.opensChat()
    await marta.chooses(/^Kiln & Thread Vendor.*Online/)
    await marta.says(text)
    await marta.sees(text)
    await elin.visits('/console/inbox/all')
    await elin.opens(text)
    await elin.page
      .getByRole('button', { name: /^(Accept|Take)/ })
      .first()
      .click()
    await elin.assignee('you').waitFor()
    return { marta, heard }
  }

  const drawer = (name: string | RegExp = /Kiln & Thread with Marta/): Locator =>
    daniel.page.getByRole('complementary', { name })
  const rung = (name: RegExp): Locator => drawer().getByRole('toolbar').getByRole('button', { name })

  /** Answers the dialog that asks why. */
  async function because(reason: string, button: string): Promise<void> {
    const dialog = daniel.page.getByRole('dialog')
    await dialog.getByLabel('Reason').fill(reason)
    await dialog.getByRole('button', { name: button, exact: true }).click()
    await dialog.waitFor({ state: 'hidden' })
  }

  /** The same without a pointer: the key, the reason where the focus is, Enter. */
  async function byKeys(key: string, title: string, reason: string): Promise<void> {
    await daniel.page.keyboard.press(key)
    const dialog = daniel.page.getByRole('dialog', { name: title })
    await dialog.locator('textarea:focus').waitFor()
    await daniel.page.keyboard.type(reason)
    await picture(stage.browser, `moderation-keys-${key}`)
    await daniel.page.keyboard.press('Enter')
    await dialog.waitFor({ state: 'hidden' })
  }

  it('watches a reported chat unseen, whispers, joins, takes over, hands back and ends it', async () => {
    const { marta, heard } = await inTalk('Could you also send it without the store?')
    await marta.panel.getByRole('button', { name: 'More' }).click()
    await marta.panel.getByRole('menuitem', { name: 'Report this chat' }).click()
    await marta.panel.getByLabel(/What is wrong/).fill('The shop wants a bank transfer')
    await picture(stage.browser, 'moderation-1-report')
    await marta.panel.getByRole('button', { name: 'Send report' }).click()
    await marta.panel.getByText('Thank you. Marlow will look at it.').waitFor()

    await daniel.page.getByRole('link', { name: /^Moderate/ }).click()
    const card = daniel.page
      .getByRole('region', { name: 'Act now' })
      .getByRole('button', { name: /Reported/ })
    await card.filter({ hasText: 'Marta' }).first().click()
    await drawer().getByText('Watching silently.').waitFor()
    await drawer().getByText('Could you also send it without the store?').waitFor()
    await picture(stage.browser, 'moderation-2-watching')

    await daniel.page.keyboard.press('2')
    const whisper = drawer().getByRole('textbox', { name: 'Whisper to the vendor' })
    await whisper.fill('Please keep the payment inside the store.')
    await whisper.press('Enter')
    await elin.sees('Please keep the payment inside the store.')
    await picture(stage.browser, 'moderation-3-whisper')
    await whisper.press('Escape')

    await daniel.page.keyboard.press('3')
    await because('Payment elsewhere was asked for', 'Join')
    await marta.sees(/Daniel.* joined \(Moderator\)/)
    await drawer().getByRole('textbox', { name: 'Reply as moderator' }).fill('Hello, I am here to help.')
    await daniel.page.keyboard.press('Enter')
    await marta.sees('Hello, I am here to help.')
    await elin.sees('Hello, I am here to help.')
    await picture(stage.browser, 'moderation-4-joined')

    await elin.composer.fill('Then I send you my account number')
    await rung(/^Take over/).click()
    await because('The vendor goes on asking', 'Take over')
    await elin.banner('a moderator, has taken over.').waitFor()
    expect(await elin.button(/^Send/).isDisabled()).toBe(true)
    expect(await elin.composer.inputValue()).toBe('Then I send you my account number')
    await picture(stage.browser, 'moderation-5-taken-over')

    await rung(/^Hand back/).click()
    await because('Elin knows the rule now', 'Hand back')
    await elin.banner('a moderator, has taken over.').waitFor({ state: 'hidden' })
    await elin.composer.fill('I am sorry. We keep it in the store.')
    await elin.page.keyboard.press('Control+Enter')
    await marta.sees('I am sorry. We keep it in the store.')

    await daniel.page.keyboard.press('Escape')
    await card.filter({ hasText: 'Marta' }).first().click()
    await drawer().getByText('Watching silently.').waitFor()
    const menu = daniel.page.getByRole('combobox')
    let isUnblocked = false
    for (const act of ['Block', 'Unblock', 'Block'] as const) {
      await daniel.page.keyboard.press('Control+k')
      await menu.fill('block the customer')
      await daniel.page.getByRole('option', { name: new RegExp(`^${act} the customer`) }).waitFor()
      // Blocked and unblocked again, it can be blocked once more.
      if (act === 'Block' && isUnblocked) break
      await daniel.page.keyboard.press('Enter')
      await because('It looked like a threat', act)
      isUnblocked = act === 'Unblock'
    }
    await daniel.page.keyboard.press('Control+k')
    await menu.waitFor({ state: 'detached' })
    await daniel.page.keyboard.press('e')
    await because('Nothing is left to settle', 'End')
    await marta.panel
      .getByText(/ended the chat|chat ended/)
      .first()
      .waitFor()
    await picture(stage.browser, 'moderation-6-ended')

    const toMarta = heard.join()
    expect(toMarta).toContain('Hello, I am here to help.')
    for (const hidden of ['keep the payment inside', 'goes on asking', 'knows the rule', 'left to settle'])
      expect(toMarta).not.toContain(hidden)
    expect([...marta.faults, ...elin.faults, ...daniel.faults]).toEqual([])
  })

  it('stops the vendor by taking over, also what is being sent', async () => {
    await inTalk('Is the glaze food-safe?')
    await daniel.visits('/console/moderation')
    const tile = daniel.page.getByRole('button', { name: /Kiln & Thread/ }).filter({ hasText: 'Marta' })
    await tile.first().click()
    await drawer().getByText('Watching silently.').waitFor()
    const conversationId = decodeURIComponent(daniel.page.url().split('/').at(-1) ?? '')
    // Elin never stops sending: what starts after the lock is refused, what was under way has either been stored or not.
    const sending = elin.page.evaluate(async (id) => {
      const sends: { startedAt: number; endedAt: number; isOk: boolean; reason: string }[] = []
      const until = Date.now() + 20_000
      for (let turn = 0; Date.now() < until && sends.filter(({ isOk }) => !isOk).length < 5; turn += 1) {
        const startedAt = Date.now()
        const response = await fetch('/api/v1/commands/sendMessage', {
          method: 'POST',
          headers: { 'content-type': 'application/json', 'parley-csrf': '1' },
          body: JSON.stringify({
            requestId: `lock-${startedAt}-${turn}`,
            conversationId: id,
            text: `glaze ${turn}`,
          }),
        })
        const body = (await response.json()) as { reason?: string }
        sends.push({ startedAt, endedAt: Date.now(), isOk: response.ok, reason: body.reason ?? '' })
      }
      return sends
    }, conversationId)
    await drawer().getByText('glaze 3', { exact: true }).waitFor()
    await daniel.page.keyboard.press('4')
    const dialog = daniel.page.getByRole('dialog')
    await dialog.getByLabel('Reason').fill('Measured')
    const clickedAt = await dialog
      .getByRole('button', { name: 'Take over', exact: true })
      .evaluate((button: HTMLButtonElement) => {
        const at = Date.now()
        button.click()
        return at
      })
    const sends = await sending
    const refused = sends.filter(({ isOk }) => !isOk)
    expect(refused.map(({ reason }) => reason)).toEqual(refused.map(() => 'takenOver'))
    expect(refused.length).toBeGreaterThan(0)
    const events = await daniel.page.evaluate(async (id) => {
      const response = await fetch('/api/v1/commands/readConversation', {
        method: 'POST',
        headers: { 'content-type': 'application/json', 'parley-csrf': '1' },
        body: JSON.stringify({ conversationId: id, limit: 200 }),
      })
      const page = (await response.json()) as { events: { type: string; at: string; by: { side: string } }[] }
      return page.events
    }, conversationId)
    const takenAt = events.findIndex(({ type }) => type === 'takenOver')
    const lockedMs = Date.parse(events[takenAt]?.at ?? '') - clickedAt
    const inFlight = refused.filter(({ startedAt }) => startedAt < clickedAt).length
    console.log(
      `takeover: in force ${lockedMs} ms after the click; ${inFlight} of the refused sends had begun before it`,
    )
    const after = events
      .slice(takenAt)
      .filter(({ type, by }) => type === 'messageSent' && by.side === 'vendor')
    expect(after).toEqual([])
    // What the browser says of each send that was refused, and nothing else.
    expect(elin.faults.splice(0)).toEqual(refused.map(() => expect.stringContaining('status of 403')))
    // From the inbox it is ended as from the board: with a reason.
    await daniel.visits(`/console/inbox/all/${encodeURIComponent(conversationId)}`)
    await daniel.button(/^Resolve/).click()
    await because('Measured and settled', 'End')
    await daniel
      .button(/^Reopen/)
      .first()
      .waitFor()
  })

  it('stands over two vendors in a room as over any chat, but for whispers, and by keyboard alone', async () => {
    const ines = await Member.signsIn(stage.browser, stage.world.url, 'ines')
    await ines.sets('rollout')
    await ines.button('Turn on for everybody: Rooms of vendors').click()
    await ines.button('Turn off Rooms of vendors for everybody').waitFor()
    await elin.visits('/console/inbox/all')
    await elin.button('Write to another vendor').click()
    const starting = elin.page.getByRole('dialog')
    await starting.getByLabel('Vendor').selectOption('Nordvik Leather')
    await starting.getByLabel('Message').fill('Shall we share a stand in May?')
    await starting.getByRole('button', { name: 'Send', exact: true }).click()
    await elin.sees('Shall we share a stand in May?')
    const nils = await Member.signsIn(stage.browser, stage.world.url, 'nils')
    await nils.visits('/console/inbox/rooms')
    await nils.opens('Shall we share a stand in May?')
    await nils.says('Gladly. Call me on +46 70 123 41 18')
    await elin.sees('Gladly. Call me on +46 70 123 41 18')
    await picture(stage.browser, 'moderation-13-room')

    await daniel.visits('/console/moderation')
    const place = daniel.page.getByRole('button', { name: /Nordvik Leather.*Room of vendors/ }).first()
    await place.focus()
    await daniel.page.keyboard.press('Enter')
    const room = drawer(/Kiln & Thread.*Nordvik Leather/)
    await room.getByText('Watching silently. Nobody in the room can see you.').waitFor()
    await room.getByText('Gladly. Call me on +46 70 123 41 18').waitFor()
    expect(await room.getByRole('toolbar').getByRole('button').allInnerTexts()).toEqual(
      ['Watch', 'Join', 'Take over', 'Hand back'].map((word) => expect.stringContaining(word)),
    )
    await picture(stage.browser, 'moderation-14-room-watched')

    await daniel.page.keyboard.press('3')
    await because('Numbers are not for the chat', 'Join')
    for (const vendor of [elin, nils]) await vendor.sees(/Daniel Okoye joined as moderator/)
    const own = room.getByRole('article').filter({ hasText: 'Gladly. Call me' })
    await own.getByRole('button', { name: 'Redact…' }).focus()
    await daniel.page.keyboard.press('Enter')
    await because('A private number', 'Redact')
    for (const vendor of [elin, nils])
      await vendor.log.getByText('+46 70 123 41 18').waitFor({ state: 'detached' })

    await daniel.page.keyboard.press('4')
    await because('They go on about it', 'Take over')
    for (const vendor of [elin, nils]) {
      await vendor.banner('a moderator, has taken over.').waitFor()
      expect(await vendor.button(/^Send/).isDisabled()).toBe(true)
    }
    await picture(stage.browser, 'moderation-15-room-taken-over')
    await daniel.page.keyboard.press('5')
    await because('They know now', 'Hand back')
    await nils.banner('a moderator, has taken over.').waitFor({ state: 'detached' })
    await nils.says('Understood. In May then.')
    await elin.sees('Understood. In May then.')
    expect([...nils.faults, ...elin.faults, ...daniel.faults, ...ines.faults]).toEqual([])
  })

  it('switches links of a vendor off from the board, holds and releases what it writes, and suspends it, by keyboard', async () => {
    const { marta } = await inTalk('Do the bowls come with saucers?')
    await daniel.visits('/console/moderation')
    const place = daniel.page.getByRole('button', { name: /Kiln & Thread.*Do the bowls come with saucers/ })
    await place.focus()
    await daniel.page.keyboard.press('Shift+L')
    await daniel.page.getByRole('dialog', { name: 'Links off for Kiln & Thread' }).waitFor()
    await picture(stage.browser, 'moderation-7-links-off')
    await because('Its account may have been taken over', 'Links off')
    await elin.says('They are at kiln-shop.example/saucers')
    await elin.page
      .getByText(/Links cannot be sent in this conversation/)
      .first()
      .waitFor()
    await picture(stage.browser, 'moderation-8-link-refused')

    await daniel.page.keyboard.press('Control+k')
    await daniel.page.getByRole('combobox').fill('links on')
    await picture(stage.browser, 'moderation-9-menu')
    await daniel.page.keyboard.press('Enter')
    await because('It was its own catalogue', 'Links on')

    await place.click()
    await drawer().getByText('Do the bowls come with saucers?').waitFor()
    await byKeys('Shift+H', 'Hold what Kiln & Thread writes', 'Its account may be somebody else’s')
    await drawer().getByText('Held by hand.').waitFor()
    await elin.says('The saucers are extra')
    await elin.sees('Held for a moderator')
    await drawer().getByText('The saucers are extra').waitFor()
    expect((await marta.messages()).join()).not.toContain('saucers are extra')
    await picture(stage.browser, 'moderation-10-held')
    await byKeys('Shift+Y', 'Release the message', 'It is about saucers')
    await marta.sees('The saucers are extra')
    await byKeys('Shift+S', 'Suspend Kiln & Thread', 'It sent buyers to another shop')
    await marta.sees(/Marlow support/)
    expect((await marta.messages()).join()).not.toContain('kiln-shop')
    await elin.page.getByText(/Your people do not answer buyers now/).waitFor()
    await elin.page.getByText('It sent buyers to another shop').first().waitFor()
    await elin.page.getByText(/names 1 conversation/).waitFor()
    expect(await elin.page.getByText('Marta Oliveira').count()).toBe(0)
    await picture(stage.browser, 'moderation-12-suspended')
    expect([...marta.faults, ...elin.faults, ...daniel.faults]).toEqual([])
  })
})
