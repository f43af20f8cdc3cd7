import { mkdirSync } from 'node:fs'
import { marlow } from '@parley/server/src/demo/cast.ts'
import type { CustomerActor, MemberActor } from '@parley/shared/people.ts'
import type { NewEvent } from '@parley/shared/protocol/events.ts'
import type { Browser, Page } from 'playwright'
import { Member } from '../cast.ts'
import { openBrowser } from '../world.ts'
import { type Figure, figure, tell } from './figures.ts'
import type { Marketplace } from './marketplace.ts'
import { startServer } from './servers.ts'

const liveCount = 500
const goalMs = 50
/** One message in this time; every tenth is a report, which moves a conversation up the board. */
const everyMs = 20

interface Live {
  conversationId: string
  token: string
}

/** Five hundred live conversations on a moderator's screen while they go on: how long the page is ever busy. */
export async function measureBoard(seconds: number): Promise<Figure[]> {
  const { server, prepared: live } = await startServer('embedded', fillBoard)
  const browser = await openBrowser({ isolatesOrigins: true })
  try {
    const url = server.url.replace('127.0.0.1', 'localhost')
    const { page } = await Member.signsIn(browser, url, 'daniel')
    const loadMs = await openBoard(page, url)
    const stop = goOn(url, live)
    const tasks = await traced(browser, page, seconds)
    const sent = await stop()
    mkdirSync('e2e/screens', { recursive: true })
    await page.screenshot({ path: 'e2e/screens/board-500.png' })
    tell(`board: ${sent} messages and reports in ${seconds} s, ${tasks.length} tasks of the page`)
    return [
      figure('board500.loadMs', loadMs, { unit: 'ms', better: 'lower' }),
      figure('board500.live.longestTaskMs', Math.max(...tasks.map(({ cpuMs }) => cpuMs)), {
        unit: 'ms',
        better: 'lower',
        goal: goalMs,
      }),
      figure('board500.live.longestTaskWallMs', Math.max(...tasks.map(({ wallMs }) => wallMs)), {
        unit: 'ms',
        better: 'lower',
      }),
      figure('board500.live.sentPerSecond', sent / seconds, { unit: '/s', better: 'higher' }),
    ]
  } finally {
    await browser.close()
    await server.stop()
  }
}

async function fillBoard(marketplace: Marketplace): Promise<Live[]> {
  const vendors = marketplace.members.filter(({ role }) => role === 'vendor')
  const live: Live[] = []
  for (let number = 0; number < liveCount; number += 1) {
    const vendor = vendors[number % vendors.length] as MemberActor
    const customer = await marketplace.customer(number)
    const conversationId = await marketplace.start(customer, vendor, `board-${number}`)
    const { visitorToken } = marketplace.authOf(customer) as { visitorToken: string }
    if (number % 2 === 0) await marketplace.say(customer, conversationId, ['Is my order on its way?'])
    const found = foundIn(number, customer, vendor)
    if (found) await marketplace.append(found.by, conversationId, found.event)
    live.push({ conversationId, token: visitorToken })
  }
  return live
}

function foundIn(
  number: number,
  customer: CustomerActor,
  vendor: MemberActor,
): { by: CustomerActor | MemberActor; event: NewEvent } | undefined {
  const messageId = `msg_board_${number}`
  if (number % 40 === 1) {
    const payload = { messageId, text: 'Call me on +46 70 123 41 18', files: [], why: ['phone'] }
    return { by: vendor, event: { type: 'vendorMessageHeld', payload } }
  }
  if (number % 40 === 2)
    return {
      by: customer,
      event: { type: 'conversationReported', payload: { messageId: null, reason: 'Rude' } },
    }
  if (number % 40 === 3) {
    const flags = [{ kind: 'offPlatformPayment', rule: 'payment', certainty: 0.9 }]
    return { by: vendor, event: { type: 'messageFlagged', payload: { messageId, flags, ruleVersion: 1 } } }
  }
  if (number % 80 === 4)
    return { by: vendor, event: { type: 'handRaised', payload: { reason: 'Is this allowed?' } } }
  return undefined
}

async function openBoard(page: Page, url: string): Promise<number> {
  const startedAt = performance.now()
  await page.goto(`${url}/console/moderation`)
  await page.getByText(`${liveCount} live conversation`).waitFor()
  return performance.now() - startedAt
}

/** Customers write, evenly over all conversations. Answers how many were sent once told to stop. */
function goOn(url: string, live: readonly Live[]): () => Promise<number> {
  let sent = 0
  let isOver = false
  async function run(): Promise<void> {
    for (let turn = 0; !isOver; turn += 1) {
      const { conversationId, token } = live[(turn * 7) % live.length] as Live
      const isReport = turn % 10 === 9
      const wish = isReport ? { messageId: null, reason: 'It is getting loud' } : { text: `And now? ${turn}` }
      await fetch(`${url}/api/v1/commands/${isReport ? 'reportConversation' : 'sendMessage'}`, {
        method: 'POST',
        headers: {
          'content-type': 'application/json',
          authorization: `Bearer ${token}`,
          'parley-site': marlow.siteKey,
        },
        body: JSON.stringify({ requestId: `board-turn-${turn}`, conversationId, ...wish }),
      }).then((response) => {
        if (response.ok) sent += 1
        return response.arrayBuffer()
      })
      await new Promise((next) => setTimeout(next, everyMs))
    }
  }
  const running = run()
  return async () => {
    isOver = true
    await running
    return sent
  }
}

interface Task {
  cpuMs: number
  wallMs: number
}

/** Every task of the page's main thread, as the browser itself records them. */
async function traced(browser: Browser, page: Page, seconds: number): Promise<Task[]> {
  await browser.startTracing(page, { categories: ['disabled-by-default-devtools.timeline', 'toplevel'] })
  await new Promise((over) => setTimeout(over, seconds * 1_000))
  const trace = JSON.parse((await browser.stopTracing()).toString()) as {
    traceEvents: {
      name: string
      ph: string
      tid: number
      pid: number
      dur?: number
      tdur?: number
      args: { name?: string }
    }[]
  }
  const mains = new Set(
    trace.traceEvents
      .filter(({ name, args }) => name === 'thread_name' && args.name === 'CrRendererMain')
      .map(({ pid, tid }) => `${pid} ${tid}`),
  )
  const tasks = trace.traceEvents
    .filter(({ name, ph, pid, tid }) => /RunTask$/.test(name) && ph === 'X' && mains.has(`${pid} ${tid}`))
    .map(({ dur = 0, tdur = 0 }) => ({ cpuMs: tdur / 1_000, wallMs: dur / 1_000 }))
  if (tasks.length === 0) throw new Error('The browser recorded no tasks of the page.')
  return tasks
}
