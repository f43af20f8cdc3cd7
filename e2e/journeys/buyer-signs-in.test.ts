import { identityToken } from '@parley/server/src/demo/identity-token.ts'
import { findPerson } from '@parley/server/src/demo/person.ts'
import { describe, expect, it } from 'vitest'
import { Buyer, Member, own } from '../cast.ts'
import { openStage } from '../stage.ts'

describe('a visitor who signs in', () => {
  const stage = openStage({ engine: 'postgres', env: { RATE_LIMIT_FACTOR: '100' } })

  /** Somebody nobody knows, who gives the same name and address as others may. */
  async function asksAsGuest(text: string): Promise<Buyer> {
    const guest = await Buyer.arrives(stage.browser, stage.world.url)
    await guest.visits('/demo/products/prd_cups')
    await guest.opensChat()
    await guest.chooses(/^Kiln & Thread Vendor/)
    await guest.panel.getByRole('textbox', { name: 'Your name' }).fill('Omar Haddad')
    await guest.panel.getByRole('textbox', { name: /^E-mail/ }).fill('omar@post.example')
    await guest.panel.getByRole('textbox', { name: /^What would you like/ }).fill(text)
    await guest.panel.getByRole('button', { name: /^(Start chat|Send message)$/ }).click()
    await guest.sees(text)
    await guest.log.getByText(/, (Sent|Delivered|Read)$/).waitFor()
    return guest
  }

  it('takes along this browser’s chat alone, and only when they say so', async () => {
    const [mine, theirs] = [own('Written before I signed in.'), own('Written by somebody else.')]
    const guest = await asksAsGuest(mine)
    const other = await asksAsGuest(theirs)
    await guest.signsIn('omar')
    await guest.visits('/demo/')
    await guest.opensChat()
    await guest.panel.getByRole('heading', { name: 'Take your earlier chat along?' }).waitFor()
    expect(await guest.panel.getByText(mine).count()).toBe(0)
    // Until then nothing has moved: omar elsewhere has only what was his.
    const elsewhere = await Buyer.arrives(stage.browser, stage.world.url)
    await elsewhere.signsIn('omar')
    await elsewhere.visits('/demo/')
    await elsewhere.opensChat()
    const all = elsewhere.panel.getByRole('button', { name: 'All your chats' })
    await all.click()
    await elsewhere.panel.getByRole('heading', { name: 'All your chats' }).waitFor()
    expect(await elsewhere.panel.getByText(mine).count()).toBe(0)

    await guest.panel.getByRole('button', { name: 'Take along' }).click()
    await guest.panel.getByText(mine).waitFor()
    await elsewhere.page.reload()
    await elsewhere.opensChat()
    await all.click()
    await elsewhere.chooses(new RegExp(mine))
    await elsewhere.sees(mine)
    expect(await elsewhere.panel.getByText(theirs).count()).toBe(0)
    // The other guest is untouched, same name and address or not.
    await other.says('Still mine.')
    await other.log.getByText(/, (Sent|Delivered|Read)$/).waitFor()
    expect(await other.messages()).toEqual([theirs, 'Still mine.'])
    expect([...guest.faults, ...other.faults, ...elsewhere.faults]).toEqual([])
  })

  it('leaves no draft and no unsent word behind on signing out, and the next person sends none of it', async () => {
    const elin = await Member.signsIn(stage.browser, stage.world.url, 'elin')
    const marta = await Buyer.arrives(stage.browser, stage.world.url)
    await marta.signsIn('marta')
    await marta.visits('/demo/orders/48213')
    await marta.opensChat()
    await marta.chooses(/^Kiln & Thread Vendor/)
    const text = own('Marta asks.')
    await marta.says(text)
    await marta.log.getByText(/, (Sent|Delivered|Read)$/).waitFor()
    await elin.takes(text)
    await marta.context.setOffline(true)
    const secret = own('Never to be sent.')
    await marta.says(secret)
    await marta.composer.fill('A draft of hers.')
    await marta.page.waitForFunction(
      (words) => words.every((word) => JSON.stringify({ ...localStorage }).includes(word)),
      [secret, 'A draft of hers.'],
    )
    await marta.page.evaluate(() => (window as unknown as { Parley(name: string): void }).Parley('logout'))
    expect(await marta.page.evaluate(() => JSON.stringify({ ...localStorage, ...sessionStorage }))).toBe('{}')
    await marta.context.setOffline(false)
    await marta.signsIn('oluwaseun')
    await marta.visits('/demo/orders/48102')
    await marta.opensChat()
    await marta.chooses(/^Kiln & Thread Vendor|^Lumen & Oak Vendor/)
    expect(await marta.composer.inputValue()).toBe('')
    const next = own('Oluwaseun asks.')
    await marta.says(next)
    await marta.log.getByText(/, (Sent|Delivered|Read)$/).waitFor()
    expect(await marta.messages()).toEqual([next])
    await elin.sees(text)
    expect(await elin.log.getByText(secret).count()).toBe(0)
  })

  it('with a token that has run out is nobody until the page signs again, which it does when asked', async () => {
    const anHourAgo = { now: () => new Date(Date.now() - 3_600_000) }
    const person = findPerson('marta')
    if (!person) throw new Error('The cast has no marta')
    const stale = await identityToken(person, anHourAgo)
    const marta = await Buyer.arrives(stage.browser, stage.world.url)
    await marta.signsIn('marta')
    await marta.page.route('**/demo/products/*', async (route) => {
      const response = await route.fetch()
      const body = (await response.text()).replace(/("identify", ")[^"]+/, `$1${stale}`)
      await route.fulfill({ response, body })
    })
    let asked = 0
    await marta.page.route('**/demo/identity-token', async (route) => {
      asked += 1
      await route.continue()
    })
    await marta.page.addInitScript(() => {
      const page = window as unknown as { Parley(...call: unknown[]): void; heard: string[] }
      page.heard = []
      addEventListener('DOMContentLoaded', () =>
        page.Parley('on', 'error', ({ code }: { code: string }) => page.heard.push(code)),
      )
    })
    await marta.visits('/demo/products/prd_pourover')
    expect(await marta.page.content()).toContain(stale)
    await marta.opensChat()
    await marta.panel.getByRole('heading', { name: 'Your chats' }).waitFor()
    expect(asked).toBe(1)
    expect(await marta.page.evaluate(() => (window as unknown as { heard: string[] }).heard)).toEqual([
      'identity.refused',
    ])
    await marta.chooses(/^Kiln & Thread Vendor/)
    await marta.composer.waitFor()
  })

  it('with a token nobody signed stays a stranger who is asked for a name', async () => {
    const visitor = await Buyer.arrives(stage.browser, stage.world.url)
    await visitor.visits('/demo/products/prd_pourover')
    const forged = `${btoa('{"alg":"none","kid":"demo-1"}')}.${btoa('{"sub":"buyer-1001","name":"Marta"}')}.`
    await visitor.page.evaluate(
      (token) => (window as unknown as { Parley(...call: unknown[]): void }).Parley('identify', token),
      forged,
    )
    await visitor.opensChat()
    await visitor.panel
      .getByText(/^Online|^Away/)
      .first()
      .waitFor()
    await visitor.chooses(/^Kiln & Thread Vendor/)
    await visitor.panel.getByRole('textbox', { name: 'Your name' }).waitFor()
    expect(await visitor.panel.getByText(/Marta|Your chats/).count()).toBe(0)
  })
})
