import { identityToken } from '@parley/server/src/demo/identity-token.ts'
import { castBuyers } from '@parley/server/src/demo/person.ts'
import type { Frame } from 'playwright'
import { Buyer } from '../../cast.ts'
import { openBrowser } from '../../world.ts'
import type { Scenario, Stage } from '../rig/stage.ts'
import { until } from '../rig/until.ts'

const before = 60
const meanwhile = 300
const completeWithinMs = 5_000
const draft = 'Half a sentence that nobody has sent'
/** A node takes a socket for dead after 35 s of silence. */
const asleepMs = 60_000
/** What a token is good for beyond its end, and how long before that the page begins to sleep. */
const toleranceMs = 30_000
const lifeMs = 600_000
const leftMs = 20_000

export const asleep: Scenario = {
  id: 'F26',
  title: 'a browser’s tab asleep: its socket dead, its token run out, 300 messages meanwhile',
  talks: 2,
  async play(stage) {
    const { crew, site } = stage
    const talk = await crew.begin('marta')
    const texts = await say(stage, talk, 'before', before)
    const browser = await openBrowser()
    try {
      const marta = await Buyer.arrives(browser, site.origin)
      await marta.context.addInitScript(countNoise)
      await marta.signsIn('marta')
      await marta.visits('/demo/')
      await marta.opensChat()
      await marta.continues(new RegExp(texts.at(-1) ?? ''))
      await marta.sees(texts.at(-1) ?? '')
      const panel = panelOf(marta)
      const seen = watchNetwork(marta)
      await marta.page.evaluate(
        (token) => Reflect.get(window, 'Parley')('identify', token),
        await nearItsEnd(),
      )
      await until(() => seen.welcomed.length > 0, stage.within(15_000))
      await marta.composer.fill(draft)
      const place = await scrollUp(panel)
      seen.tokens = 0
      await stage.fault('the tab asleep', () =>
        sleep(stage, marta, () => say(stage, talk, 'meanwhile', meanwhile)),
      )
      await isWhole(stage, marta, talk)
      const now = await placeIn(panel)
      stage.must(
        now.text === place.text && Math.abs(now.top - place.top) <= 2,
        'The place in the list has moved.',
        { place, now },
      )
      stage.must((await marta.composer.inputValue()) === draft, 'The draft is gone.')
      const noises = (await marta.page.evaluate(noise)) + (await panel.evaluate(noise))
      stage.must(noises <= 1, `It made ${noises} noises.`)
      stage.must(seen.closed > 0, 'The socket never died.')
      stage.must(seen.tokens > 0, 'The page was not asked for a new token.')
      stage.must(
        seen.welcomed.length > 1 && seen.welcomed.at(-1) === talk.customer.actorId,
        'The connection is not this buyer’s any more.',
        seen,
      )
      stage.must(marta.faults.length === 0, 'The page complains.', marta.faults)
    } finally {
      await browser.close()
    }
  },
}

type Talk = Awaited<ReturnType<Stage['crew']['begin']>>

/** Whoever answers says so many, and waits until all are taken. */
async function say(
  stage: Stage,
  { conversationId, answers }: Talk,
  what: string,
  count: number,
): Promise<string[]> {
  const texts = Array.from({ length: count }, (_, at) => `${what} ${String(at + 1).padStart(3, '0')}`)
  for (const text of texts) answers.say(conversationId, text)
  const isTaken = () => answers.feed(conversationId).get().pending.length === 0
  stage.must((await until(isTaken, stage.within(60_000))) !== undefined, `Not all “${what}” were taken.`)
  return texts
}

/** Signed long ago: good for a few seconds more. */
async function nearItsEnd(): Promise<string> {
  const marta = castBuyers.find(({ key }) => key === 'marta')
  if (!marta) throw new Error('The cast knows no Marta.')
  const signedAt = new Date(Date.now() - lifeMs - toleranceMs + leftMs)
  return identityToken(marta, { now: () => signedAt })
}

interface Seen {
  /** Who the connection is, as each welcome says. */
  welcomed: string[]
  closed: number
  /** How often the page asked its own server for a new token. */
  tokens: number
}

function watchNetwork({ page }: Buyer): Seen {
  const seen: Seen = { welcomed: [], closed: 0, tokens: 0 }
  page.on('websocket', (socket) => {
    socket.on('close', () => {
      seen.closed += 1
    })
    socket.on('framereceived', ({ payload }) => {
      const reader = /^42\["welcome",.*"readerId":"([^"]+)"/.exec(String(payload))?.[1]
      if (reader) seen.welcomed.push(reader)
    })
  })
  page.on('request', (request) => {
    if (request.url().endsWith('/demo/identity-token')) seen.tokens += 1
  })
  return seen
}

/** The lifecycle alone leaves sockets answering: the process that draws the pages has to stand still as well. */
async function sleep(
  stage: Stage,
  { page, context }: Buyer,
  meanwhile: () => Promise<unknown>,
): Promise<void> {
  const devTools = await context.newCDPSession(page)
  const all = await context.browser()?.newBrowserCDPSession()
  const { processInfo = [] } = (await all?.send('SystemInfo.getProcessInfo')) ?? {}
  const renderers = processInfo.filter(({ type }) => type === 'renderer')
  stage.must(renderers.length > 0, 'The browser has no process that draws.')
  const from = performance.now()
  await devTools.send('Page.setWebLifecycleState', { state: 'frozen' })
  for (const { id } of renderers) process.kill(id, 'SIGSTOP')
  try {
    await meanwhile()
    await stage.pause(Math.max(0, asleepMs - (performance.now() - from)))
  } finally {
    for (const { id } of renderers) process.kill(id, 'SIGCONT')
  }
  await devTools.send('Page.setWebLifecycleState', { state: 'active' })
}

/** What the list shows is what is stored, without a hole, up to the newest. */
async function isWhole(stage: Stage, marta: Buyer, { conversationId }: Talk): Promise<void> {
  const rows = await stage.store.query<{ text: string }>(
    `select payload->>'text' as text from events
     where conversation_id = $1 and type = 'messageSent' order by seq`,
    [conversationId],
  )
  const stored = rows.map(({ text }) => text)
  let shown: string[] = []
  const isSo = async () => {
    shown = await marta.messages()
    return shown.length > meanwhile && shown.join('\n') === stored.slice(-shown.length).join('\n')
  }
  const took = await until(isSo, stage.within(completeWithinMs))
  stage.must(took !== undefined, 'The list was not complete and in order within 5 s.', {
    stored: stored.length,
    shown: shown.length,
    last: shown.slice(-3),
  })
}

function panelOf({ page }: Buyer): Frame {
  const panel = page.frames().find((frame) => frame.url().includes('/panel'))
  if (!panel) throw new Error('The panel is not open.')
  return panel
}

/** The first message that is in view, and where it stands. */
function placeIn(panel: Frame): Promise<{ text: string; top: number }> {
  return panel.evaluate(() => {
    const list = document.querySelector('[role=log]')
    const edge = list?.getBoundingClientRect().top ?? 0
    const first = [...(list?.querySelectorAll('article') ?? [])].find(
      (article) => article.getBoundingClientRect().top >= edge,
    )
    return { text: first?.textContent ?? '', top: (first?.getBoundingClientRect().top ?? 0) - edge }
  })
}

async function scrollUp(panel: Frame): Promise<{ text: string; top: number }> {
  await panel.evaluate(() => {
    const list = document.querySelector('[role=log]')
    if (list) list.scrollTop = list.scrollHeight / 2
  })
  await panel.waitForFunction(() => new Promise((next) => requestAnimationFrame(() => next(true))))
  return placeIn(panel)
}

/** Notifications and sounds. */
function countNoise(): void {
  const made = { count: 0 }
  Reflect.set(window, 'noise', made)
  const start = AudioScheduledSourceNode.prototype.start
  AudioScheduledSourceNode.prototype.start = function (...args) {
    made.count += 1
    return start.apply(this, args)
  }
  Reflect.set(
    window,
    'Notification',
    new Proxy(Notification, {
      construct(target, args: [string]) {
        made.count += 1
        return new target(...args)
      },
    }),
  )
}

const noise = () => (Reflect.get(window, 'noise') as { count: number }).count
