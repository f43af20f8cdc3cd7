import { createHmac } from 'node:crypto'
import { describe, expect, it } from 'vitest'
import { credentials, Member } from '../cast.ts'
import { openStage } from '../stage.ts'

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
