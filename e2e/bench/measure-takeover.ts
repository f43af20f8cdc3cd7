import { setTimeout as wait } from 'node:timers/promises'
import type { MemberActor } from '@parley/shared/people.ts'
import type { Page } from 'playwright'
import { Member } from '../cast.ts'
import { openBrowser } from '../world.ts'
import { type Figure, figure, tell } from './figures.ts'
import type { Marketplace } from './marketplace.ts'
import { median, spreadOf } from './quantiles.ts'
import { startServer } from './servers.ts'

const rounds = 10
const goalMs = 200
/** How many sends of the vendor's are on their way at any moment. */
const atOnce = 3
/** Some sixty messages a second: more than anybody writes, and no flood that the page would still be drawing. */
const breathMs = 50
const mostMs = 5_000

interface Chat {
  conversationId: string
  cookie: string
}
interface Send {
  startedAt: number
  endedAt: number
  reason: string | undefined
}

/** A moderator takes over on the board while the vendor never stops sending: from the click until it is in force. */
export async function measureTakeover(): Promise<Figure[]> {
  const { server, prepared: chats } = await startServer('embedded', begin)
  const browser = await openBrowser({ isolatesOrigins: true })
  try {
    const url = server.url.replace('127.0.0.1', 'localhost')
    const { page } = await Member.signsIn(browser, url, 'daniel')
    const measured: { effectiveMs: number; refusedMs: number }[] = []
    let held = 0
    for (const chat of chats) {
      await page.goto(`${url}/console/moderation/${chat.conversationId}`)
      await page.getByText('Watching silently.').waitFor()
      const sending = sendOn(url, chat)
      const clickedAt = await takeOver(page).finally(sending.endSoon)
      const sends = await sending.untilRefused()
      const takenAt = await takenOverAt(page, chat.conversationId)
      const refused = sends.filter(({ reason }) => reason === 'takenOver')
      held += refused.filter(({ startedAt }) => startedAt < clickedAt).length
      measured.push({
        effectiveMs: takenAt - clickedAt,
        refusedMs: Math.min(...refused.map(({ endedAt }) => endedAt)) - clickedAt,
      })
    }
    tell(`takeover: ${rounds} times; ${held} of the refused sends were on their way when it was clicked`)
    const effective = measured.map(({ effectiveMs }) => effectiveMs)
    return [
      figure('takeover.effectiveMs', Math.max(...effective), {
        unit: 'ms',
        better: 'lower',
        goal: goalMs,
        spread: spreadOf(effective),
      }),
      figure('takeover.medianMs', median(effective), { unit: 'ms', better: 'lower' }),
      figure('takeover.firstRefusedMs', Math.max(...measured.map(({ refusedMs }) => refusedMs)), {
        unit: 'ms',
        better: 'lower',
      }),
    ]
  } finally {
    await browser.close()
    await server.stop()
  }
}

async function begin(marketplace: Marketplace): Promise<Chat[]> {
  const vendors = marketplace.members.filter(({ role }) => role === 'vendor')
  const chats: Chat[] = []
  for (let number = 0; number < rounds; number += 1) {
    const vendor = vendors[number] as MemberActor
    const customer = await marketplace.customer(number)
    const conversationId = await marketplace.start(customer, vendor, `takeover-${number}`)
    chats.push({ conversationId, cookie: marketplace.cookieOf(vendor) })
  }
  return chats
}

function sendOn(url: string, { conversationId, cookie }: Chat) {
  const sends: Send[] = []
  let turn = 0
  let isOver = false
  async function run(): Promise<void> {
    while (!isOver) {
      turn += 1
      const requestId = `takeover-send-${turn}`
      const startedAt = Date.now()
      const response = await fetch(`${url}/api/v1/commands/sendMessage`, {
        method: 'POST',
        headers: { 'content-type': 'application/json', 'parley-csrf': '1', origin: url, cookie },
        body: JSON.stringify({ requestId, conversationId, text: `And ${turn}` }),
      })
      const { reason } = (await response.json()) as { reason?: string }
      if (!response.ok && reason !== 'takenOver') throw new Error(`A send was refused: ${reason}`)
      sends.push({ startedAt, endedAt: Date.now(), reason })
      if (!response.ok) isOver = true
      else await wait(breathMs)
    }
  }
  const running = Promise.allSettled(Array.from({ length: atOnce }, run))
  return {
    /** Whatever became of the click, nothing goes on for ever. */
    endSoon: () => {
      setTimeout(() => {
        isOver = true
      }, mostMs).unref()
    },
    async untilRefused() {
      for (const end of await running) if (end.status === 'rejected') throw end.reason
      if (!sends.some(({ reason }) => reason === 'takenOver')) throw new Error('Nothing was refused.')
      return sends
    },
  }
}

/** Answers when it was clicked, by the clock that the server has too. */
async function takeOver(page: Page): Promise<number> {
  await page
    .getByText(/^And \d+$/)
    .first()
    .waitFor()
  await page.keyboard.press('4')
  const dialog = page.getByRole('dialog')
  await dialog.getByLabel('Reason').fill('Measured')
  return dialog
    .getByRole('button', { name: 'Take over', exact: true })
    .evaluate((button: HTMLButtonElement) => {
      const at = Date.now()
      button.click()
      return at
    })
}

async function takenOverAt(page: Page, conversationId: string): Promise<number> {
  const at = await page.evaluate(async (id) => {
    const response = await fetch('/api/v1/commands/readConversation', {
      method: 'POST',
      headers: { 'content-type': 'application/json', 'parley-csrf': '1' },
      body: JSON.stringify({ conversationId: id, limit: 200 }),
    })
    const { events } = (await response.json()) as { events: { type: string; at: string }[] }
    return events.find(({ type }) => type === 'takenOver')?.at
  }, conversationId)
  if (at === undefined) throw new Error('Nobody has taken over.')
  return Date.parse(at)
}
