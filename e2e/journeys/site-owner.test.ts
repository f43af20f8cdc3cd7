import { createHmac } from 'node:crypto'
import { marlow } from '@parley/server/src/demo/cast.ts'
import type { Page } from 'playwright'
import { describe, expect, it } from 'vitest'
import { problems } from '../axe.ts'
import { Buyer, Member } from '../cast.ts'
import { openStage } from '../stage.ts'

const soon = { timeout: 10_000 }
const patiently = { timeout: 30_000 }

describe('a site owner', () => {
  let ines: Member
  const stage = openStage(
    { engine: 'postgres', env: { RATE_LIMIT_FACTOR: '100' } },
    async ({ browser, world }) => {
      ines = await Member.signsIn(browser, world.url, 'ines')
    },
  )

  const pagesOf = (member: Member) =>
    member.page.getByRole('navigation', { name: 'Settings', exact: true }).getByRole('link')

  /** Each with who did it, to what: in a line of the log that is there now. */
  async function audits(...lines: RegExp[]): Promise<void> {
    await ines.sets('audit')
    for (const line of lines) await ines.page.getByRole('row').filter({ hasText: line }).first().waitFor()
    expect(ines.faults).toEqual([])
  }

  it('finds every settings page, and a vendor member only its own', async () => {
    await ines.sets('profile')
    const all = await pagesOf(ines).allInnerTexts()
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
      expect(all).toContain(name)
    const elin = await Member.signsIn(stage.browser, stage.world.url, 'elin')
    await elin.sets('profile')
    expect(await pagesOf(elin).allInnerTexts()).toEqual(['Profile', 'Sign-ins', 'Keyboard', 'Canned replies'])
    expect(elin.faults).toEqual([])
  })

  it('sees on the installation page that the demo carries the chat, and from where', async () => {
    const visitor = await Buyer.arrives(stage.browser, stage.world.url)
    await visitor.visits('/demo/')
    await visitor.opensChat()
    await visitor.panel.getByRole('heading', { name: 'Who can help you?' }).waitFor()
    // The same pages under another name of this machine: somebody else's, as far as the site's list goes.
    const copied = `http://127.0.0.1:${stage.world.port}`
    const elsewhere = await Buyer.arrives(stage.browser, copied)
    await elsewhere.visits('/demo/')
    await elsewhere.launcher.click()
    await ines.sets('install')
    await ines.page.getByText('/w/marlow.js').first().waitFor()
    const check = ines.page.getByRole('list').filter({ hasText: 'The script tag works' })
    await expect
      .poll(async () => {
        await ines.button('Check again').click()
        return (await check.count()) === 1 ? check.first().innerText() : ''
      }, patiently)
      .toMatch(/A page was refused/)
    const seen = check.getByRole('listitem')
    await seen.filter({ hasText: stage.world.url }).getByText('Allowed', { exact: true }).first().waitFor()
    await seen.filter({ hasText: copied }).getByText('Not allowed', { exact: true }).first().waitFor()
  })

  it('changes the colour and the words of the launcher, and the next visitor sees both', async () => {
    await ines.sets('appearance')
    await ines.page.getByLabel('Colour', { exact: true }).fill('#8a1f4b')
    await ines.page.getByLabel('Words on the launcher').fill('Ask Marlow')
    await ines.saves()
    const visitor = await Buyer.arrives(stage.browser, stage.world.url)
    await visitor.visits('/demo/')
    const launcher = visitor.page.getByRole('button', { name: 'Ask Marlow' })
    await launcher.waitFor()
    expect(await launcher.evaluate((node) => getComputedStyle(node).backgroundColor)).toBe('rgb(138, 31, 75)')
    await ines.page.getByLabel('Words on the launcher').fill('')
    await ines.saves()
    await audits(/Ines Duarte\s*Site: saved.*branding/s)
  })

  it('adds a question, which is asked in the widget and answered beside the conversation', async () => {
    await ines.sets('intake')
    await ines.button('Add a question').click()
    await ines.page.getByLabel('Question', { exact: true }).fill('Which size do you wear?')
    await ines.saves()
    const marta = await Buyer.arrives(stage.browser, stage.world.url)
    await marta.signsIn('marta')
    await marta.visits('/demo/')
    await marta.opensChat()
    await marta.chooses(/^Marlow support/)
    await marta.panel.getByRole('radio', { name: 'Account' }).check({ force: true })
    await marta.panel.getByRole('textbox', { name: /^Which size do you wear/ }).fill('Forty-two and a half')
    await marta.panel.getByRole('textbox', { name: /^How can we help/ }).fill('Do these run small?')
    await marta.panel.getByRole('button', { name: /^(Start chat|Send message)$/ }).click()
    await marta.sees('Do these run small?')
    await ines.visits('/console/inbox/all')
    await ines.opens('Do these run small?')
    const details = ines.page.getByRole('complementary', { name: 'Details' })
    await details.getByText('Which size do you wear?').waitFor()
    await details.getByText('Forty-two and a half').waitFor()
    const masked = details.getByText('m•••@s•••.example')
    const whole = details.getByText('marta@studio.example')
    const show = details.getByRole('button', { name: 'Show email address' })
    const why = details.getByLabel('Why do you need it?')
    await masked.waitFor()
    await show.click()
    await why.press('Escape')
    await why.waitFor({ state: 'detached' })
    await show.press('Enter')
    await why.press('Enter')
    await details.getByText('Say why in a few words.').waitFor()
    await why.fill('To send the label')
    expect(await ines.page.content()).not.toContain('marta@studio.example')
    await why.press('Enter')
    await whole.waitFor()
    await details.getByRole('button', { name: 'Copy email address' }).waitFor()
    // Who leaves the conversation has to ask again.
    await ines.opens(/And if nobody is at home/)
    await details.getByText('Forty-two and a half').waitFor({ state: 'detached' })
    await ines.opens('Do these run small?')
    await details.getByText('Forty-two and a half').waitFor()
    await masked.waitFor()
    expect(await whole.count()).toBe(0)
    expect(marta.faults).toEqual([])
    await audits(/Ines Duarte\s*Contact: revealed.*email: To send the label/s)
    await audits(/Ines Duarte\s*Site: saved.*intake/s)
  })

  it('rewrites a trigger under a live preview and a plain sentence, pages show it, and the version of before is there', async () => {
    const { page } = ines
    await ines.sets('triggers/trg_declined')
    const preview = page.getByText('Live preview', { exact: true }).locator('xpath=..')
    const says = (words: string) =>
      expect
        .poll(
          async () =>
            (
              await page
                .getByText(/^When the page reports/)
                .first()
                .innerText()
            ).replace(/\s+/g, ' '),
          soon,
        )
        .toContain(words)
    await preview.getByText('Your bank said no').waitFor()
    await says('say “Your bank said no”, at most twice a day.')
    await page.getByLabel('Title', { exact: true }).fill('Not the card you hoped for')
    await page.getByLabel('Then wait, seconds').fill('1')
    await preview.getByText('Not the card you hoped for').waitFor()
    await says('after 1 second, say “Not the card you hoped for”')
    await ines.saves()
    await page.getByText(/^Version 2, .*Ines Duarte$/).waitFor()
    const visitor = await Buyer.arrives(stage.browser, stage.world.url)
    await visitor.visits('/demo/membership')
    await visitor.page.evaluate(() =>
      window.Parley('track', 'payment_declined', { declineClass: 'expired_card' }),
    )
    await visitor.page.locator('parley-chat aside').getByText('Not the card you hoped for').waitFor(patiently)
    await visitor.page.context().close()
    await ines.button('Take back').click()
    await ines.saves()
    await page.getByText(/^Version 3, /).waitFor()
    await preview.getByText('Your bank said no').waitFor()
    await ines.sets('triggers/new')
    await page.getByLabel('Name', { exact: true }).fill('A word on returns')
    await page.getByLabel('Text', { exact: true }).fill('Ask us before you send it back.')
    await ines.saves()
    await page.getByText(/^Version 1, /).waitFor()
    await audits(/Ines Duarte\s*Trigger: saved/s)
  })

  it('closes today and tomorrow, and the widget offers to leave a message and says when it opens', async () => {
    await ines.sets('hours')
    await ines.page.getByText(/open/i).first().waitFor()
    // Two days, so that midnight in between changes nothing.
    const today = lisbonDay(0)
    const tomorrow = lisbonDay(1)
    for (const day of [today, tomorrow]) await ines.button(new RegExp(`^Remove .*, ${day}$`)).click()
    await ines.saves()
    const visitor = await Buyer.arrives(stage.browser, stage.world.url)
    await visitor.visits('/demo/')
    await visitor.opensChat()
    const support = visitor.panel.getByRole('button', { name: /^Marlow support/ })
    await support.getByText(/Closed, opens (tomorrow|\w+day) /).waitFor()
    await support.click()
    await visitor.panel.getByRole('heading', { name: 'Leave a message' }).waitFor()
    await visitor.panel.getByRole('button', { name: 'Send message' }).waitFor()
    await ines.button(`Add an opening on ${today}`).waitFor()
    for (const day of [today, tomorrow]) await ines.button(`Add an opening on ${day}`).click()
    for (const day of [today, tomorrow]) {
      await ines.page.getByRole('textbox', { name: `${day}, from` }).fill('00:00')
      await ines.page.getByRole('textbox', { name: `${day}, to` }).fill('24:00')
    }
    await ines.saves()
    await audits(/Ines Duarte\s*Site: saved.*hours/s)
  })

  it('allows another origin, and the panel lets that page frame it', async () => {
    const framers = async () =>
      (await fetch(`${stage.world.url}/w/marlow/panel`)).headers.get('content-security-policy') ?? ''
    expect(await framers()).not.toContain('https://second-shop.example')
    await ines.sets('site')
    await ines.page.getByLabel('Add an origin').fill('https://second-shop.example/path?x=1')
    await ines.page.keyboard.press('Enter')
    await ines.page
      .getByRole('list', { name: 'Allowed origins' })
      .getByText('https://second-shop.example', { exact: true })
      .waitFor()
    await ines.saves()
    expect(await framers()).toContain('https://second-shop.example')
    await audits(/Ines Duarte\s*Site: saved.*allowedOrigins/s)
  })

  it('invites somebody by a link that works once, who sees what the role may, until they are disabled', async () => {
    const password = 'a-quiet-heron-at-dawn'
    await ines.sets('team')
    await ines.button('Invite').click()
    const dialog = ines.page.getByRole('dialog')
    await dialog.getByLabel('Name').fill('Tomas Reis')
    await dialog.getByLabel('E-mail').fill('tomas@marlow.example')
    await dialog.getByLabel('Role').selectOption({ label: 'Customer service' })
    await dialog.getByRole('button', { name: 'Make invitation link' }).click()
    const link = await dialog.getByRole('region', { name: 'One-time link' }).innerText()
    expect(link).toMatch(/\/console\/#invite=/)
    await dialog.getByRole('button', { name: 'Done' }).click()

    const path = link.trim().slice(stage.world.url.length)
    const tomas = await Member.arrives(stage.browser, stage.world.url, path)
    await tomas.page.getByRole('heading', { name: 'Join Marlow' }).waitFor()
    await tomas.page.getByLabel('New password', { exact: true }).fill(password)
    await tomas.button('Join').click()
    await tomas.page.getByRole('navigation', { name: 'Places' }).waitFor()
    expect(tomas.page.url()).not.toContain('invite=')
    const late = await Member.arrives(stage.browser, stage.world.url, path)
    await late.page.getByRole('heading', { name: 'This invitation does not open' }).waitFor()
    await late.button('Go to sign in').click()
    await late.page.getByRole('heading', { name: 'Sign in' }).waitFor()

    await tomas.shows('All')
    await tomas.page.getByText('No open conversations').waitFor()
    await tomas.sets('team')
    const open = await pagesOf(tomas).allInnerTexts()
    expect(open).toContain('Team')
    expect(open.join()).not.toMatch(/Identity keys|Audit log/)
    await tomas.page.getByText('Only an admin can change the team.').waitFor()
    expect(await tomas.button('Invite').count()).toBe(0)

    const again = await Member.arrives(stage.browser, stage.world.url)
    await again.writesCredentials('tomas@marlow.example', password)
    await again.page.getByRole('navigation', { name: 'Places' }).waitFor()
    await ines.sets('team')
    await ines.button('Acts on Tomas Reis').click()
    await ines.page.getByRole('menuitem', { name: 'Disable…' }).click()
    await ines.page.getByRole('dialog').getByRole('button', { name: 'Disable' }).click()
    await tomas.page.getByRole('heading', { name: 'Sign in' }).waitFor(soon)
    await again.page.getByRole('heading', { name: 'Sign in' }).waitFor(soon)
    await again.writesCredentials('tomas@marlow.example', password)
    await again.page
      .getByText(/That e-mail and password do not match/)
      .first()
      .waitFor()
    await audits(
      /Ines Duarte\s*Member: invited.*Tomas Reis/s,
      /Member: joined\s*Tomas Reis/s,
      /Ines Duarte\s*Member: disabled.*Tomas Reis/s,
    )
  })

  it('ends another of their own sign-ins, and that browser is signed out', async () => {
    const other = await Member.signsIn(stage.browser, stage.world.url, 'ines')
    await ines.sets('sessions')
    const rows = ines.page.getByRole('list', { name: 'Sign-ins' }).getByRole('listitem')
    await rows.filter({ hasText: 'This one' }).waitFor()
    const before = await rows.count()
    await rows.getByRole('button', { name: 'End', exact: true }).first().click()
    await other.page.getByRole('heading', { name: 'Sign in' }).waitFor(soon)
    await ines.page.getByText('That sign-in has ended').first().waitFor()
    await rows.nth(before - 1).waitFor({ state: 'detached' })
    expect(await ines.page.getByRole('heading', { name: 'Sign-ins' }).isVisible()).toBe(true)
    await audits(/Ines Duarte\s*Session: ended/s)
  })

  it('keeps a person under a legal hold, who cannot be erased until they are released', async () => {
    const { page } = ines
    await ines.sets('privacy')
    await page.getByText('Nobody is. Find somebody').waitFor()
    await page.getByLabel('Name, e-mail address or your shop’s id').fill('Omar')
    await page.keyboard.press('Enter')
    const person = page.getByRole('list', { name: 'People', exact: true }).getByRole('listitem').first()
    await person.getByRole('button', { name: /^Hold / }).click()
    const dialog = page.getByRole('dialog')
    await dialog.getByRole('button', { name: 'Hold', exact: true }).click()
    await dialog.getByText('Write why: the audit log keeps it.').waitFor()
    await dialog.getByRole('textbox').fill('A court asked for it.')
    await page.keyboard.press('Enter')
    await dialog.waitFor({ state: 'detached' })
    await person.getByText('Under legal hold').waitFor()
    const erase = person.getByRole('button', { name: /^Erase / })
    expect(await erase.isDisabled()).toBe(true)
    const held = page.getByRole('list', { name: 'People under legal hold' }).getByRole('listitem')
    await held.getByText('A court asked for it.').waitFor()
    await page.screenshot({ path: 'e2e/screens/personal-data-held.png', fullPage: true })
    expect(await problems(page), 'held').toEqual([])

    await held.getByRole('button', { name: /^Release / }).click()
    await dialog.getByRole('textbox').fill('It is decided.')
    await dialog.getByRole('button', { name: 'Release', exact: true }).click()
    await page.getByText('Nobody is. Find somebody').waitFor()
    await expect.poll(() => erase.isEnabled()).toBe(true)
    await audits(/Ines Duarte.*held/is, /Ines Duarte.*released/is)
  })

  it('rotates identity keys: the second signs at once, and a revoked one is refused and named', async () => {
    await ines.sets('identity-keys')
    await ines.button('Create a key').click()
    await ines.page.getByRole('dialog').getByRole('button', { name: 'Create key' }).click()
    const shown = ines.page.getByRole('dialog', { name: /is live$/ })
    const kid = (await shown.getByRole('region', { name: 'Key id (kid)' }).innerText()).trim()
    const secret = (await shown.getByRole('region', { name: 'Secret' }).innerText()).trim()
    await shown.getByRole('button', { name: 'I have stored the secret' }).click()
    const keys = ines.page.getByRole('list', { name: 'Keys' }).getByRole('listitem')
    await keys.filter({ hasText: kid }).getByText('Live').waitFor()
    await shown.waitFor({ state: 'hidden' })
    expect(await ines.page.content()).not.toContain(secret)
    await keys.filter({ hasText: 'demo-1' }).getByText('Live').waitFor()

    // Both keys sign while both are live: the shop changes over without a gap.
    for (const key of [
      { kid, secret },
      { kid: marlow.identityKeyId, secret: marlow.identitySecret },
    ]) {
      const ada = await Buyer.arrives(stage.browser, stage.world.url)
      await ada.visits('/demo/')
      await identifies(ada.page, signed(key.kid, key.secret, 'Ada Silva'))
      await ada.opensChat()
      await ada.chooses(/^Marlow support/)
      await ada.panel.getByRole('radio', { name: 'Account' }).waitFor({ state: 'attached' })
      expect(await ada.panel.getByLabel('Your name').count()).toBe(0)
      await ada.context.close()
    }

    await keys
      .filter({ hasText: kid })
      .getByRole('button', { name: `Revoke ${kid}…` })
      .click()
    await ines.page.getByRole('dialog').getByRole('button', { name: 'Revoke key' }).click()
    await keys
      .filter({ hasText: kid })
      .getByText(/^Revoked/)
      .waitFor()
    const late = await Buyer.arrives(stage.browser, stage.world.url)
    await late.visits('/demo/')
    await identifies(late.page, signed(kid, secret, 'Ada Silva'))
    await late.opensChat()
    await late.page.waitForFunction(() => (window as { refusals?: string[] }).refusals?.length)
    await late.chooses(/^Marlow support/)
    await late.panel.getByLabel('Your name').waitFor()
    await ines.sets('install')
    await ines.page.getByText('A token names no key of this site in kid, or one that was revoked.').waitFor()
    await audits(/Ines Duarte\s*Identity key: created/s, /Ines Duarte\s*Identity key: revoked/s)
  })
})

function lisbonDay(later: number): string {
  const at = new Date(Date.now() + later * 86_400_000)
  return new Intl.DateTimeFormat('en-GB', { weekday: 'long', timeZone: 'Europe/Lisbon' }).format(at)
}

/** What a shop's own server does, without a library. */
function signed(kid: string, secret: string, name: string): string {
  const iat = Math.floor(Date.now() / 1_000)
  const part = (value: object) => Buffer.from(JSON.stringify(value)).toString('base64url')
  const claims = { aud: 'parley', sub: 'buyer-of-a-test', role: 'buyer', name, iat, exp: iat + 300 }
  const content = `${part({ alg: 'HS256', typ: 'JWT', kid })}.${part(claims)}`
  return `${content}.${createHmac('sha256', secret).update(content).digest('base64url')}`
}

async function identifies(page: Page, token: string): Promise<void> {
  await page.evaluate((given) => {
    const told = window as unknown as { refusals: string[]; Parley: (...call: unknown[]) => void }
    told.refusals = []
    told.Parley('on', 'error', (fault: { code: string }) => told.refusals.push(fault.code))
    told.Parley('identify', given)
  }, token)
}
