import { createHmac } from 'node:crypto'
import { openPostOffice, type PostOffice } from '@parley/server/src/notify/post-office.ts'
import { openPostgres } from '@parley/server/src/storage/postgres.ts'
import { silent } from '@parley/server/src/testing/database.ts'
import type { Browser } from 'playwright'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { problems } from '../axe.ts'
import { credentials, Member } from '../cast.ts'
import { openStage } from '../stage.ts'
import { openBrowser, startParley, type World } from '../world.ts'

describe('the way in', () => {
  const stage = openStage({ engine: 'postgres', env: { RATE_LIMIT_FACTOR: '100' } })

  it('takes a code besides the password where the role needs one, from the next sign-in on', async () => {
    const ines = await Member.signsIn(stage.browser, stage.world.url, 'ines')
    await ines.sets('site')
    const role = ines.page.getByRole('switch', { name: 'Customer service' })
    await role.click()
    await ines.saves()

    const priya = await Member.arrives(stage.browser, stage.world.url)
    const { email, password } = credentials('priya')
    await priya.writesCredentials(email, password)
    await priya.page.getByRole('heading', { name: 'Set up two-step sign-in' }).waitFor()
    // Nothing of the console is there before, not by its address either.
    await priya.visits('/console/inbox/all')
    await priya.page.getByRole('heading', { name: 'Set up two-step sign-in' }).waitFor()
    expect(await priya.list.count()).toBe(0)
    await priya.page.getByText('Cannot scan?').click()
    const secret = await priya.page.getByRole('region', { name: 'Secret' }).innerText()
    const code = priya.page.getByLabel('Type the six digits the app shows')
    await code.fill('12 34')
    await priya.button('Finish').click()
    await priya.page
      .getByText(/six digits/)
      .nth(1)
      .waitFor()
    await code.fill(totp(secret, 0))
    await priya.button('Finish').click()
    await priya.page.getByRole('navigation', { name: 'Places' }).waitFor()

    const again = await Member.arrives(stage.browser, stage.world.url)
    await again.writesCredentials(email, password)
    const second = again.page.getByRole('textbox', { name: /code/i })
    await second.waitFor()
    expect(await again.list.count()).toBe(0)
    await second.fill('000000')
    await again.button('Sign in').click()
    await again.page
      .getByText(/code is wrong|not right|does not match/i)
      .first()
      .waitFor()
    // The code of enrolling was seen: the one after it counts.
    await second.fill(totp(secret, 1))
    await again.button('Sign in').click()
    await again.page.getByRole('navigation', { name: 'Places' }).waitFor()
    const daniel = await Member.signsIn(stage.browser, stage.world.url, 'daniel')
    expect([...ines.faults, ...priya.faults, ...again.faults, ...daniel.faults]).toEqual([])
  })
})

describe('the first start in production', () => {
  const stage = openStage({ env: { NODE_ENV: 'production', HOST: '127.0.0.1' } })

  it('prints a link that makes the first admin once, who finds an empty site and its script tag', async () => {
    const link = /\S+\/console\/#setup=\S+/.exec(stage.world.said())?.[0] ?? ''
    const path = link.slice(stage.world.url.length)
    const admin = await Member.arrives(stage.browser, stage.world.url, path)
    await admin.page.getByRole('heading', { name: 'Set up Parley' }).waitFor()
    await admin.button('Set up').click()
    await admin.page.getByText('Write the name of your marketplace.').waitFor()
    await admin.page.getByLabel('Name of your marketplace').fill('Havn Market')
    await admin.page.getByLabel('Your name').fill('Nora Lund')
    await admin.page.getByLabel('Work e-mail').fill('nora@havn.example')
    await admin.page.getByLabel('Password', { exact: true }).fill('short')
    await admin.button('Set up').click()
    await admin.page
      .getByText(/12 characters/)
      .first()
      .waitFor()
    await admin.page.getByLabel('Password', { exact: true }).fill('a-lantern-over-the-harbour')
    await admin.button('Set up').click()
    await admin.page.getByRole('navigation', { name: 'Places' }).waitFor()
    expect(admin.page.url()).not.toContain('setup=')

    await admin.sets('install')
    await admin.page
      .getByText(/<script async src=".+\/w\/\w+\.js"><\/script>/)
      .first()
      .waitFor()
    const late = await Member.arrives(stage.browser, stage.world.url, path)
    await late.page.getByRole('heading', { name: 'This link does not open' }).waitFor()
    expect((await fetch(`${stage.world.url}/demo/`)).status).toBe(404)
    expect(admin.faults).toEqual([])
  })
})

describe('an invitation that is mailed', () => {
  let office: PostOffice
  let world: World
  let browser: Browser
  let databaseUrl = ''
  beforeAll(async () => {
    office = await openPostOffice()
    world = await startParley({
      engine: 'postgres',
      env: { RATE_LIMIT_FACTOR: '100', SMTP_URL: `smtp://127.0.0.1:${office.port}` },
      async fill(where) {
        databaseUrl = where.databaseUrl ?? ''
      },
    })
    browser = await openBrowser()
  })
  afterAll(async () => {
    await browser?.close()
    await world?.stop()
    await office?.close()
  })
  const linksTo = (address: string) =>
    office.received
      .filter(({ to }) => to.includes(address))
      .flatMap(({ text }) => /\/console\/#invite=\S+/.exec(text) ?? [])

  it('and was not opened in time is sent again at a press, by keyboard alone, and lets in whoever has the newer letter', async () => {
    const address = `tomas-${office.received.length}@marlow.example`
    const ines = await Member.signsIn(browser, world.url, 'ines')
    await ines.sets('team')
    await ines.button('Invite').click()
    const dialog = ines.page.getByRole('dialog')
    await dialog.getByLabel('Name').fill('Tomas Reis')
    await dialog.getByLabel('E-mail').fill(address)
    await dialog.getByLabel('Role').selectOption({ label: 'Customer service' })
    await dialog.getByRole('button', { name: /invitation/ }).click()
    await expect.poll(() => linksTo(address).length, { timeout: 20_000 }).toBe(1)
    const database = await openPostgres({ databaseUrl, logger: silent, connections: 1 })
    const aged = await database.query(
      `update one_time_links set expires_at = now() - interval '1 minute'
        where purpose = 'invitation' and used_at is null returning token_hash`,
    )
    await database.close()
    expect(aged).toHaveLength(1)

    const phone = { viewport: { width: 390, height: 844 }, colorScheme: 'dark', hasTouch: true } as const
    const tomas = await Member.arrives(browser, world.url, linksTo(address)[0] ?? '', phone)
    await tomas.page.getByRole('heading', { name: 'This link has expired' }).waitFor()
    await tomas.page.screenshot({ path: 'e2e/screens/invitation-1-expired.png' })
    expect(await problems(tomas.page)).toEqual([])
    await tomas.page.keyboard.press('Tab')
    expect(await tomas.button('Send a new link').evaluate((node) => node === document.activeElement)).toBe(
      true,
    )
    await tomas.page.keyboard.press('Enter')
    await tomas.page.getByRole('heading', { name: 'Look into your mail' }).waitFor()
    await tomas.page.screenshot({ path: 'e2e/screens/invitation-2-sent.png' })
    expect(await problems(tomas.page)).toEqual([])
    expect(tomas.page.url()).not.toContain('invite=')

    await expect.poll(() => linksTo(address).length, { timeout: 20_000 }).toBe(2)
    const [older, newer] = linksTo(address)
    expect(newer).not.toBe(older)
    const late = await Member.arrives(browser, world.url, older ?? '')
    await late.page.getByRole('heading', { name: 'This invitation does not open' }).waitFor()
    await tomas.visits(newer ?? '')
    await tomas.page.reload()
    await tomas.page.getByLabel('New password', { exact: true }).fill('a-quiet-heron-at-dawn')
    await tomas.page.keyboard.press('Enter')
    await tomas.page.getByRole('navigation', { name: 'Places' }).waitFor()
    // A browser tells of the lookup of a link that is over.
    expect([...ines.faults, ...tomas.faults.filter((fault) => !fault.includes('404'))]).toEqual([])
  })
})

/** What an authenticator app shows, `later` steps of 30 seconds from now (RFC 6238). */
function totp(secret: string, later: number): string {
  const letters = 'ABCDEFGHIJKLMNOPQRSTUVWXYZ234567'
  const bits = [...secret.replace(/\s/g, '')]
    .map((letter) => letters.indexOf(letter).toString(2).padStart(5, '0'))
    .join('')
  const key = Buffer.from((bits.match(/.{8}/g) ?? []).map((byte) => Number.parseInt(byte, 2)))
  const step = Buffer.alloc(8)
  step.writeBigUInt64BE(BigInt(Math.floor(Date.now() / 30_000) + later))
  const hash = createHmac('sha1', key).update(step).digest()
  const number = hash.readUInt32BE((hash.at(-1) ?? 0) & 15) & 0x7fffffff
  return String(number % 1_000_000).padStart(6, '0')
}
