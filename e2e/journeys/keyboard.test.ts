import type { FrameLocator, Page } from 'playwright'
import { describe, expect, it } from 'vitest'
import { Buyer, credentials, Member, own } from '../cast.ts'
import { openStage } from '../stage.ts'

/** Presses until the wanted thing has the focus, as somebody without a pointer would. */
async function reaches(page: Page, key: string, isThere: () => Promise<boolean>): Promise<void> {
  for (let presses = 0; presses < 40; presses += 1) {
    if (await isThere()) return
    await page.keyboard.press(key)
    // What a press does is drawn before it is looked at.
    await page.evaluate(
      () => new Promise((drawn) => requestAnimationFrame(() => requestAnimationFrame(drawn))),
    )
  }
  throw new Error(`Nothing wanted has the focus after 40 times ${key}`)
}

const focusIn = (place: Page | FrameLocator) => place.locator(':focus')

describe('the keyboard alone', () => {
  const stage = openStage({ engine: 'postgres', env: { RATE_LIMIT_FACTOR: '100' } })

  it('signs in, moves, accepts, answers, notes, resolves and goes on to the next', async () => {
    const priya = await Member.arrives(stage.browser, stage.world.url)
    const { email, password } = credentials('priya')
    const { page } = priya
    const { keyboard } = page
    await page.getByLabel('Work e-mail').and(focusIn(page)).waitFor()
    await keyboard.type(email)
    await keyboard.press('Tab')
    await keyboard.type(password)
    await keyboard.press('Enter')
    await page.getByRole('navigation', { name: 'Places' }).waitFor()

    const first = own('First in the line.')
    const second = own('Second in the line.')
    for (const text of [first, second]) {
      const buyer = await Buyer.arrives(stage.browser, stage.world.url)
      await buyer.signsIn(text === first ? 'marta' : 'omar')
      await buyer.visits('/demo/')
      await buyer.asksSupport('Account', text)
    }
    await priya.row(second).filter({ hasText: 'Offered to you' }).waitFor()
    await priya.row(first).filter({ hasText: 'Offered to you' }).waitFor()

    const current = priya.list.locator('a[aria-current=true]')
    await reaches(page, 'j', async () => (await current.filter({ hasText: first }).count()) > 0)
    await priya.banner('Marta is offered to you.').waitFor()
    await keyboard.press('t')
    await priya.assignee('you').waitFor()
    await keyboard.press('r')
    await priya.composer.and(focusIn(page)).waitFor()
    await keyboard.type('Written without a mouse.')
    await keyboard.press('Control+Enter')
    await priya.sees('Written without a mouse.')
    await keyboard.press('Escape')
    await current.and(focusIn(page)).waitFor()

    await keyboard.press('Shift+N')
    await priya.conversation.getByText('Team only. Marta cannot see this').waitFor()
    await priya.composer.and(focusIn(page)).waitFor()
    await keyboard.type('No pointer was used.')
    await keyboard.press('Control+Enter')
    await priya.log.getByRole('article', { name: /^Note by/ }).waitFor()
    await keyboard.press('Escape')
    await keyboard.press('e')
    await priya.banner('This conversation is closed.').waitFor()
    await priya.list.locator('a').and(focusIn(page)).waitFor()
    expect(await focusIn(page).innerText()).not.toContain('Written without a mouse')

    await reaches(page, 'ArrowDown', async () => (await focusIn(page).innerText()).includes(second))
    await keyboard.press('Enter')
    await priya.sees(second)
    await priya.conversation.locator(':focus').waitFor()
    expect(priya.faults).toEqual([])
  })

  it('finds and runs a command, shows the shortcuts, and walks through the parts of the page', async () => {
    const jonas = await Member.signsIn(stage.browser, stage.world.url, 'jonas')
    const { page } = jonas
    const { keyboard } = page
    await jonas.visits('/console/inbox/closed')
    await jonas.row(/Marta/).first().waitFor()
    await keyboard.press('j')
    await jonas.log.waitFor()

    // An earlier try may have left them away.
    const state = page.getByRole('button', { name: /^You: / })
    await state.waitFor()
    if (/Away/.test((await state.getAttribute('aria-label')) ?? (await state.innerText()))) {
      await keyboard.press('Control+k')
      await keyboard.type('available')
      await page.getByRole('option', { name: /Set yourself available/, selected: true }).waitFor()
      await keyboard.press('Enter')
      await page.getByRole('button', { name: /^You: Available/ }).waitFor()
    }

    await keyboard.press('Control+k')
    const menu = page.getByRole('combobox', { name: /^Find a command/ })
    await menu.and(focusIn(page)).waitFor()
    await keyboard.type('away')
    await page.getByRole('option', { name: /Set yourself away/, selected: true }).waitFor()
    await keyboard.press('Enter')
    await menu.waitFor({ state: 'detached' })
    await page.getByRole('button', { name: /^You: Away/ }).waitFor()
    await keyboard.press('Control+k')
    await keyboard.type('>settings')
    await keyboard.press('Enter')
    await page.getByRole('heading', { name: 'Profile', level: 1 }).waitFor()
    await keyboard.press('g')
    await keyboard.press('i')
    await page.getByRole('heading', { name: 'Inbox', level: 1 }).waitFor()

    await keyboard.press('?')
    const sheet = page.getByRole('dialog', { name: 'Keyboard shortcuts' })
    await sheet.getByText('Resolve and open next').waitFor()
    await keyboard.type('snoo')
    await sheet.getByText('Resolve and open next').waitFor({ state: 'detached' })
    await sheet.getByText('Snooze').waitFor()
    await keyboard.press('Escape')
    await keyboard.press('Escape')
    await sheet.waitFor({ state: 'detached' })

    await jonas.visits('/console/inbox/closed')
    await jonas.row(/Marta/).first().waitFor()
    await keyboard.press('j')
    await jonas.log.waitFor()
    const regions: string[] = []
    for (let round = 0; round < 3; round += 1) {
      await keyboard.press('F6')
      regions.push(
        await focusIn(page).evaluate(
          (node) => node.closest('[data-region]')?.getAttribute('data-region') ?? '',
        ),
      )
    }
    expect(regions.sort()).toEqual(['conversation', 'details', 'list'])
    expect(jonas.faults).toEqual([])
  })

  it('does by every key what the sheet says it does', async () => {
    const priya = await Member.signsIn(stage.browser, stage.world.url, 'priya')
    const { page } = priya
    const { keyboard } = page
    const chats = { marta: 'My jug has a crack.', omar: 'My lamp flickers.' } as const
    const buyers: Buyer[] = []
    for (const name of ['marta', 'omar'] as const) {
      const buyer = await Buyer.arrives(stage.browser, stage.world.url)
      await buyer.signsIn(name)
      await buyer.visits('/demo/')
      await buyer.asksSupport('Account', chats[name])
      await priya.takes(chats[name])
      buyers.push(buyer)
    }
    await priya.shows('Mine')
    await priya.page.mouse.move(720, 20)
    const current = (text: string) => priya.list.locator('a[aria-current=true]').filter({ hasText: text })
    const toJug = async (key: string) =>
      reaches(page, key, async () => (await current(chats.marta).count()) > 0)
    const toLamp = async (key: string) =>
      reaches(page, key, async () => (await current(chats.omar).count()) > 0)
    // Whoever has waited longer stands above.
    for (const [down, up] of [
      ['j', 'k'],
      ['Alt+j', 'Alt+k'],
      ['Alt+ArrowDown', 'Alt+ArrowUp'],
    ] as const) {
      await toJug(up)
      await toLamp(down)
    }

    await toJug('k')
    await buyers[1]?.says('It went out now.')
    await priya.row('It went out now.').getByText('1 unread').waitFor()
    await reaches(page, 'n', async () => (await current('It went out now.').count()) > 0)
    await toJug('k')

    const details = page.getByRole('complementary', { name: 'Details' })
    for (const key of ['i', 'Alt+o']) {
      await details.waitFor()
      await keyboard.press(key)
      await details.waitFor({ state: 'detached' })
      await keyboard.press(key)
    }
    for (const [key, name] of [
      ['a', 'Assign'],
      ['h', 'Snooze'],
      ['Alt+m', 'Snooze'],
    ] as const) {
      await keyboard.press(key)
      const menu = page.getByRole('menu', { name })
      await menu
        .getByRole('menuitem')
        .or(menu.getByRole('menuitemradio'))
        .first()
        .and(focusIn(page))
        .waitFor()
      await keyboard.press('Escape')
      await menu.waitFor({ state: 'hidden' })
    }
    for (const key of ['s', 'Alt+s']) {
      await keyboard.press(key)
      await page.getByRole('searchbox', { name: 'Search the inbox' }).and(focusIn(page)).waitFor()
      await keyboard.press('Escape')
      await page.getByRole('searchbox').waitFor({ state: 'detached' })
    }
    await keyboard.press('Alt+n')
    await page.getByRole('tab', { name: /^Waiting/, selected: true }).waitFor()
    expect(await priya.conversation.count()).toBe(1)
    await priya.shows('Mine')

    for (const [key, name] of [
      ['r', /^Reply to/],
      ['Shift+N', /^Note for/],
      ['Alt+l', /^Reply to/],
      ['Alt+p', /^Note for/],
      ['Alt+l', /^Reply to/],
    ] as const) {
      await keyboard.press(key)
      await page.getByRole('textbox', { name }).and(focusIn(page)).waitFor()
      // A letter in a field is a letter.
      await keyboard.type('hen')
      expect(await priya.composer.inputValue()).toBe('hen')
      await priya.composer.fill('')
      await keyboard.press('Escape')
    }
    const [chooser] = await Promise.all([page.waitForEvent('filechooser'), keyboard.press('Control+Alt+a')])
    expect(chooser.isMultiple()).toBe(true)

    const closed = priya.banner('This conversation is closed.')
    await keyboard.press('e')
    await closed.waitFor()
    await keyboard.press('z')
    await closed.waitFor({ state: 'detached' })
    await keyboard.press('Alt+e')
    await closed.waitFor()
    await keyboard.press('e')
    await closed.waitFor({ state: 'detached' })
    await priya.row(chats.marta).waitFor()

    await keyboard.press('r')
    await keyboard.type('A new one is on its way.')
    await keyboard.press('Control+Shift+Enter')
    await closed.waitFor()
    await buyers[0]?.sees('A new one is on its way.')
    await reaches(page, 'j', async () => (await current('It went out now.').count()) > 0)
    await priya.banner('Waiting in').or(priya.assignee('you')).first().waitFor()
    await keyboard.press('Control+Alt+e')
    await current('It went out now.').waitFor({ state: 'detached' })
    await buyers[1]?.panel.getByRole('button', { name: 'Write again' }).waitFor()

    for (const keys of [['g', 's'], ['g', 'i'], ['g', 's'], ['Alt+c']]) {
      for (const key of keys) await keyboard.press(key)
      const place = keys[1] === 's' ? 'Profile' : 'Inbox'
      await page.getByRole('heading', { name: place, level: 1 }).waitFor()
    }
    const menu = page.getByRole('combobox', { name: /^Find a command/ })
    for (const key of ['Control+k', 'Meta+k']) {
      await keyboard.press(key)
      await menu.waitFor()
      await keyboard.press(key)
      await menu.waitFor({ state: 'detached' })
    }

    await keyboard.press('?')
    const sheet = page.getByRole('dialog', { name: 'Keyboard shortcuts' })
    const change = sheet.getByRole('button', { name: 'Change the keys of Snooze' })
    await change.press('Enter')
    await page.getByRole('textbox', { name: 'New keys for Snooze' }).and(focusIn(page)).waitFor()
    await keyboard.press('Control+s')
    await sheet.getByText('The browser keeps Ctrl S for itself. Press other keys.').waitFor()
    await keyboard.press('e')
    await sheet.getByText('E is “Resolve or reopen”.').waitFor()
    await keyboard.press('Alt+9')
    await change.and(focusIn(page)).waitFor()
    await sheet.getByRole('switch', { name: 'Single-key shortcuts' }).press('Space')
    await keyboard.press('Escape')
    await sheet.waitFor({ state: 'detached' })
    // In any browser of hers, once the server has them.
    const kept = async () => (await page.request.get(`${stage.world.url}/api/v1/session`)).json()
    await expect.poll(kept).toMatchObject({
      me: { keyboard: { keys: { snooze: ['Alt+9'] }, hasSingleKeys: false } },
    })
    await priya.visits('/console/inbox/closed')
    await priya.row(chats.marta).or(priya.row('It went out now.')).first().waitFor()
    await keyboard.press('Alt+j')
    await closed.waitFor()
    await keyboard.press('e')
    await keyboard.press('?')
    await keyboard.press('Alt+e')
    await closed.waitFor({ state: 'detached' })
    expect(await sheet.count()).toBe(0)
    await keyboard.press('Alt+9')
    await page.getByRole('menu', { name: 'Snooze' }).waitFor()
    expect(priya.faults).toEqual([])
  })

  it('opens the widget, chooses, writes, sends, rates and closes, and the launcher has the focus again', async () => {
    const elin = await Member.signsIn(stage.browser, stage.world.url, 'elin')
    const marta = await Buyer.arrives(stage.browser, stage.world.url)
    await marta.signsIn('marta')
    await marta.visits('/demo/products/prd_pourover')
    const { page } = marta
    const { keyboard } = page
    await reaches(
      page,
      'Tab',
      async () => (await focusIn(page).count()) > 0 && (await marta.launcher.and(focusIn(page)).count()) > 0,
    )
    await keyboard.press('Enter')
    await marta.panel.getByRole('heading', { name: 'Who can help you?' }).and(focusIn(marta.panel)).waitFor()
    const choice = marta.panel.getByRole('button', { name: /^Kiln & Thread Vendor/ })
    await reaches(page, 'Tab', async () => (await choice.and(focusIn(marta.panel)).count()) > 0)
    await keyboard.press('Enter')
    await marta.composer.and(focusIn(marta.panel)).waitFor()
    const text = own('Sent by keys alone.')
    await keyboard.type(text)
    await keyboard.press('Enter')
    await marta.sees(text)

    await elin.takes(text)
    await elin.says('Read and answered.')
    await marta.sees('Read and answered.')
    await elin.button(/^Resolve/).click()
    const star = marta.panel.getByRole('radio', { name: /^1 of 5/ })
    await star.waitFor({ state: 'attached' })
    await reaches(
      page,
      'Shift+Tab',
      async () => (await marta.panel.getByRole('radio').and(focusIn(marta.panel)).count()) > 0,
    )
    await keyboard.press('Space')
    await reaches(page, 'ArrowRight', () => marta.panel.getByRole('radio', { name: /^5 of 5/ }).isChecked())
    await keyboard.press('Tab')
    await keyboard.type('Quick.')
    await keyboard.press('Tab')
    await keyboard.press('Enter')
    await elin.log.getByText(/5 stars of 5/).waitFor()
    await keyboard.press('Escape')
    await marta.launcher.and(focusIn(page)).waitFor()
    expect([...marta.faults, ...elin.faults]).toEqual([])
  })
})
