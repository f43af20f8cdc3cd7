import type { Browser, Page } from 'playwright'
import type { Figure } from '../bench/figures.ts'
import { Buyer } from '../cast.ts'
import { openShopAndChat } from '../journeys/shop-and-chat.ts'
import { openBrowser, startParley } from '../world.ts'
import { atOnce } from './measure.ts'

declare global {
  interface Window {
    longTasks: number
  }
}

/** A phone of some years ago, against the machine this runs on. */
const throttle = 4
/** Other work on the machine only adds tasks: the least of these rounds is the widget's own. */
const rounds = 5

/** What a page that carries the widget feels of it, in a real browser. */
export async function measurePage(): Promise<Figure[]> {
  const browser = await openBrowser({ isolatesOrigins: true })
  const place = await openShopAndChat()
  try {
    const idle = await measureIdle(browser, place)
    const empty = await leastLongTasks(browser, place.write('<!doctype html><h1>A shop</h1>'))
    const tag = `<script async src="${place.chatUrl}/w/${place.siteKey}.js"></script>`
    const carrying = await leastLongTasks(browser, place.write(`<!doctype html><h1>A shop</h1>${tag}`))
    return [
      ...idle,
      counted('longTasksOver50Ms', Math.max(0, carrying - empty), 0),
      counted('firstMessage.requests', await requestsOfFirstMessage(browser), 4),
    ]
  } finally {
    await browser.close()
    await place.stop()
  }
}

async function measureIdle(
  browser: Browser,
  place: Awaited<ReturnType<typeof openShopAndChat>>,
): Promise<Figure[]> {
  const context = await browser.newContext()
  const page = await context.newPage()
  place.asked.length = 0
  await page.goto(place.shopUrl)
  await page.locator('parley-chat button').waitFor()
  await settled(page)
  const requests = place.asked.filter((path) => !path.startsWith('upgrade')).length
  const shifts = await page.evaluate(() => window.shifts)
  const cookies = (await context.cookies()).length
  await context.close()
  return [
    counted('idle.requests', requests, 1),
    counted('idle.sockets', place.asked.length - requests, 0),
    counted('idle.cookies', cookies, 0),
    counted('idle.cls', shifts, 0),
  ]
}

async function leastLongTasks(browser: Browser, address: string): Promise<number> {
  const counts: number[] = []
  for (let round = 0; round < rounds; round += 1) {
    const context = await browser.newContext()
    const page = await context.newPage()
    const session = await context.newCDPSession(page)
    await session.send('Emulation.setCPUThrottlingRate', { rate: throttle })
    await page.addInitScript(() => {
      window.longTasks = 0
      new PerformanceObserver((list) => {
        window.longTasks += list.getEntries().length
      }).observe({ type: 'longtask', buffered: true })
    })
    await page.goto(address, { waitUntil: 'load' })
    await settled(page)
    counts.push(await page.evaluate(() => window.longTasks))
    await context.close()
  }
  return Math.min(...counts)
}

/** Idle twice over: what was put off until the page was idle has run. */
async function settled(page: Page): Promise<void> {
  await page.waitForLoadState('networkidle')
  await page.evaluate(
    () => new Promise<void>((done) => requestIdleCallback(() => requestIdleCallback(() => done()))),
  )
}

/**
 * Files of the widget alone, from the page to the first acknowledged message; triggers are the site's choice. A file whose
 * bytes are not among those counted counts twice.
 */
async function requestsOfFirstMessage(browser: Browser): Promise<number> {
  const world = await startParley({ engine: 'postgres', env: { RATE_LIMIT_FACTOR: '100' } })
  try {
    const buyer = await Buyer.arrives(browser, world.url)
    const asked: string[] = []
    buyer.page.on('request', (request) => {
      const { pathname } = new URL(request.url())
      if (/^\/w\/(?!parts\/|\w+\/(rules|here|seen))/.test(pathname)) asked.push(pathname)
    })
    const acknowledged = firstMessageAcknowledged(buyer.page).then(() => new Set(asked))
    await buyer.visits('/demo/')
    await buyer.opensChat()
    await buyer.chooses(/^Marlow support/)
    await buyer.panel.getByRole('radio', { name: 'I buy here' }).check({ force: true })
    await buyer.panel.getByLabel('Your name').fill('Ana')
    await buyer.panel.getByRole('radio', { name: 'Account' }).check({ force: true })
    await buyer.panel.getByRole('textbox').last().fill('Where is my account?')
    await buyer.panel.getByRole('button', { name: /^(Start chat|Send message)$/ }).click()
    await buyer.log
      .getByText(/, (Sent|Delivered|Read)$/)
      .first()
      .waitFor()
    const paths = [...(await acknowledged)]
    await buyer.context.close()
    const known = new RegExp(`^/w/(assets/(${atOnce.join('|')})-|\\w+(\\.js|/panel)$)`)
    return paths.length + paths.filter((path) => !known.test(path)).length
  } finally {
    await world.stop()
  }
}

/** The server's answer to the wish that carries the first message, as it comes over the wire. */
function firstMessageAcknowledged(page: Page): Promise<void> {
  return new Promise((resolve) => {
    page.on('websocket', (socket) => {
      let asked: string | undefined
      socket.on('framesent', ({ payload }) => {
        asked ??= /^42(\d+)\["startConversation"/.exec(`${payload}`)?.[1]
      })
      socket.on('framereceived', ({ payload }) => {
        if (asked !== undefined && `${payload}`.startsWith(`43${asked}[`)) resolve()
      })
    })
  })
}

function counted(name: string, value: number, goal: number): Figure {
  return { name, value, unit: 'count', better: 'lower', goal, ok: value <= goal }
}
