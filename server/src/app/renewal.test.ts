import { createLink, type Link } from '@parley/shared/client/link.ts'
import type { WireSocket } from '@parley/shared/client/socket.ts'
import { protocolVersion } from '@parley/shared/protocol/version.ts'
import { io } from 'socket.io-client'
import { afterAll, beforeAll, expect, it, onTestFinished } from 'vitest'
import { marlow } from '../demo/cast.ts'
import { type Marlow, startMarlow } from '../testing/marlow.ts'
import { waitFor } from '../testing/wait-for.ts'

let site: Marlow
beforeAll(async () => {
  site = await startMarlow()
})
afterAll(() => site?.close())

/** Tabs of one browser: what they keep, they keep together, and they read it before each hello. */
function openBrowser() {
  const tabs: Link[] = []
  const browser = {
    token: '',
    said: [] as string[],
    refusals: [] as string[],
    /** The page goes before it could keep what it was given. */
    losesAnswers: false,
    async openTab(): Promise<Link> {
      const tab = createLink({
        openSocket: (auth) =>
          io(site.url, {
            path: '/socket',
            transports: ['websocket'],
            auth,
            autoConnect: false,
            reconnectionDelay: 50,
            reconnectionDelayMax: 200,
            forceNew: true,
          }) as WireSocket,
        hello() {
          const { token } = browser
          browser.said.push(token)
          const hello = { kind: 'visitor', protocol: protocolVersion, siteKey: marlow.siteKey } as const
          return { ...hello, ...(token ? { visitorToken: token } : {}) }
        },
      })
      tabs.push(tab)
      tab.on('welcome', ({ visitorToken }) => {
        if (visitorToken && !browser.losesAnswers) browser.token = visitorToken
      })
      tab.on('refused', ({ reason }) => {
        browser.refusals.push(reason)
        browser.token = ''
        tab.reconnect()
      })
      await isOnline(tab)
      return tab
    },
    async comeBack(tab: Link): Promise<void> {
      tab.reconnect()
      await isOnline(tab)
    },
  }
  onTestFinished(() => {
    for (const tab of tabs) tab.close()
  })
  return browser
}

const isOnline = (tab: Link) => waitFor(() => tab.state === 'online')

/** Everything that is known of this visit happened that much earlier. */
async function pass(readerId: string | null, minutes: number): Promise<void> {
  await site.world.parts.database.query(
    `update visitors set token_issued_at = token_issued_at - $2 * interval '1 minute',
       successor_kept_at = successor_kept_at - $2 * interval '1 minute' where contact_id = $1`,
    [readerId, minutes],
  )
}

it('[H6] a browser of many tabs is the same visitor through every renewal, and through answers that are lost', async () => {
  const browser = openBrowser()
  const first = await browser.openTab()
  const { readerId } = first
  const started = await first.ask('startConversation', {
    requestId: 'renewed-1',
    with: { kind: 'support' },
    answers: { topic: 'account', description: 'Hello', name: 'Sam', role: 'buyer' },
  })
  expect(started.ok).toBe(true)
  const all = [first, ...(await Promise.all(Array.from({ length: 9 }, () => browser.openTab())))]
  for (const losesAnswers of [false, true, true, false, false]) {
    const { token } = browser
    await pass(readerId, 31)
    browser.losesAnswers = losesAnswers
    await Promise.all(all.map((tab) => browser.comeBack(tab)))
    expect(browser.token === token).toBe(losesAnswers)
    browser.losesAnswers = false
    await pass(readerId, 2)
    await Promise.all(all.map((tab) => browser.comeBack(tab)))
    await pass(readerId, 2)
  }
  expect(new Set(browser.said).size).toBeGreaterThan(3)
  expect(browser.refusals).toEqual([])
  for (const tab of all) expect(tab.readerId).toBe(readerId)
  const mine = await first.ask('listConversations', {})
  expect(mine.ok && mine.value.rows.length).toBe(1)
})

it('[H6] an old copy of a token that somebody shows ends the visit for all who hold one, and drops them', async () => {
  const browser = openBrowser()
  const tabs = [await browser.openTab(), await browser.openTab()]
  const copy = browser.token
  const readerId = tabs[0]?.readerId ?? null
  await pass(readerId, 31)
  for (const tab of tabs) await browser.comeBack(tab)
  await pass(readerId, 2)
  for (const tab of tabs) await browser.comeBack(tab)
  // On its way it may still be said; it opens the visit and harms nobody.
  const late = await site.visitor({ visitorToken: copy })
  expect(late.connection.readerId).toBe(readerId)
  await pass(readerId, 2)
  await expect(site.visitor({ visitorToken: copy })).rejects.toThrow('visitor.ended')
  await waitFor(() => late.connection.state !== 'online')
  await waitFor(() => tabs.every((tab) => tab.readerId !== readerId))
  for (const tab of tabs) await isOnline(tab)
  expect(browser.refusals.length).toBeGreaterThan(0)
  const lines = await site.world.parts.database.query(
    `select a.result from audit a join visitors v on a.object = 'visitor:' || v.visitor_id
     where a.action = 'visit.tokenReused' and v.contact_id = $1`,
    [readerId],
  )
  expect(lines).toEqual([{ result: 'refused' }])
})
