import type { Frame, Page } from 'playwright'
import { describe, expect, it } from 'vitest'
import { Buyer, Member } from '../cast.ts'
import { openStage } from '../stage.ts'

interface Noticed {
  tones: number
  loudspeakers: AudioContext[]
  notifications: { title: string; body: string; press: () => void }[]
}

/** Counts what the browser is asked to sound and to show; both go on to the browser. */
async function notices(page: Page): Promise<void> {
  await page.addInitScript(() => {
    const noticed: Noticed = { tones: 0, loudspeakers: [], notifications: [] }
    Object.assign(window, { noticed })
    const Loudspeaker = window.AudioContext
    window.AudioContext = class extends Loudspeaker {
      constructor() {
        super()
        noticed.loudspeakers.push(this)
      }
    }
    const start = OscillatorNode.prototype.start
    OscillatorNode.prototype.start = function (...when) {
      noticed.tones += 1
      return start.apply(this, when)
    }
    const Shown = window.Notification
    window.Notification = class extends Shown {
      constructor(title: string, options?: NotificationOptions) {
        super(title, options)
        const press = () => this.dispatchEvent(new Event('click'))
        noticed.notifications.push({ title, body: options?.body ?? '', press })
      }
    }
  })
}

const noticedBy = (page: Page) =>
  page.evaluate(() => {
    const { tones, notifications } = (window as unknown as { noticed: Noticed }).noticed
    return { tones, notifications: notifications.map(({ title, body }) => ({ title, body })) }
  })

/** The tones so far, and how the way to the loudspeaker stands: open, it takes power for as long as the page is there. */
const heardIn = (frame: Frame) =>
  frame.evaluate(() => {
    const { tones, loudspeakers } = (window as unknown as { noticed: Noticed }).noticed
    return { tones, states: loudspeakers.map(({ state }) => state) }
  })

/** A window behind others: the tests' browser otherwise believes every page to be in front. */
async function goesBehind(page: Page, isBehind: boolean): Promise<void> {
  await page.evaluate((behind) => {
    document.hasFocus = () => !behind
    window.dispatchEvent(new Event(behind ? 'blur' : 'focus'))
  }, isBehind)
}

describe('being told', () => {
  const stage = openStage({
    engine: 'postgres',
    env: { RATE_LIMIT_FACTOR: '100' },
    browser: { isWhole: true },
  })

  it('is a tone in front, and tone, title and desktop notification behind, which lead to the conversation', async () => {
    const priya = await Member.arrives(stage.browser, stage.world.url)
    const { page } = priya
    await page.context().grantPermissions(['notifications'])
    await notices(page)
    await page.reload()
    await priya.writesCredentials('priya@marlow.example', 'parley-demo-password')
    await page.getByRole('navigation', { name: 'Places' }).waitFor()
    await priya.button(/^You:/).click()
    await page.getByRole('menuitem', { name: 'Capacity, sound and keys' }).click()
    await page.getByRole('switch', { name: 'Desktop notifications' }).click()
    await page.getByRole('switch', { name: 'Desktop notifications', checked: true }).waitFor()
    await page.keyboard.press('Escape')
    const silent = await noticedBy(page)
    expect(silent.notifications).toEqual([])

    const marta = await Buyer.arrives(stage.browser, stage.world.url)
    await marta.signsIn('marta')
    await marta.visits('/demo/')
    await marta.asksSupport('Account', 'Is anybody there?')
    await priya.takes('Is anybody there?')
    await priya.visits('/console/inbox/mine')
    await priya.row('Is anybody there?').waitFor()
    await page.mouse.click(720, 400)
    await marta.says('In front.')
    await priya.row('In front.').waitFor()
    await expect.poll(async () => (await noticedBy(page)).tones).toBeGreaterThan(0)
    expect((await noticedBy(page)).notifications).toEqual([])

    await goesBehind(page, true)
    await marta.says('Behind.')
    await expect
      .poll(async () => (await noticedBy(page)).notifications)
      .toContainEqual({ title: 'Marta Oliveira', body: 'Marta Oliveira: Behind.' })
    await page.waitForFunction(() => document.title === 'Marta Oliveira: Behind.')
    await page.waitForFunction(() => /^\(\d+\) Parley$/.test(document.title))
    await page.evaluate(() =>
      (window as unknown as { noticed: Noticed }).noticed.notifications.at(-1)?.press(),
    )
    await priya.sees('Behind.')
    await goesBehind(page, false)
    await page.waitForFunction(() => /Parley$/.test(document.title))

    // What is being read in front needs no sound.
    const before = await noticedBy(page)
    await marta.says('Read at once.')
    await priya.sees('Read at once.')
    await marta.log.getByText(/Read/).last().waitFor()
    expect(await noticedBy(page)).toEqual(before)
    expect(priya.faults).toEqual([])
    await page.context().close()
  })

  it('keeps the loudspeaker awake for as long as a tone, at the agent’s and at the buyer’s', async () => {
    const ola = await Buyer.arrives(stage.browser, stage.world.url)
    await notices(ola.page)
    await ola.signsIn('oluwaseun')
    await ola.visits('/demo/')
    await ola.asksSupport('Account', 'How loud is it?')
    const priya = await Member.arrives(stage.browser, stage.world.url)
    await notices(priya.page)
    await priya.page.reload()
    await priya.writesCredentials('priya@marlow.example', 'parley-demo-password')
    await priya.takes('How loud is it?')
    const panel = ola.page.frames().find((frame) => frame.url().includes('/panel'))
    if (!panel) throw new Error('The chat has no frame.')
    expect(await heardIn(panel)).toEqual({ tones: 0, states: ['suspended'] })
    await ola.panel.getByRole('button', { name: 'Close chat' }).click()
    await priya.says('Not at all.')
    await expect.poll(() => heardIn(panel)).toEqual({ tones: 1, states: ['suspended'] })

    await priya.visits('/console/inbox/mine')
    await priya.row('Not at all.').waitFor()
    await priya.page.mouse.click(720, 400)
    await ola.launcher.click()
    await ola.says('Thank you.')
    await priya.row('Thank you.').waitFor()
    await expect.poll(() => heardIn(priya.page.mainFrame())).toEqual({ tones: 2, states: ['suspended'] })
    await Promise.all([ola.context.close(), priya.page.context().close()])
  })

  it('stops when somebody is away: nothing new is offered until they are back', async () => {
    const jonas = await Member.signsIn(stage.browser, stage.world.url, 'jonas')
    const set = async (state: 'Away' | 'Available') => {
      await jonas.button(/^You:/).click()
      await jonas.page.getByRole('menuitemradio', { name: state }).click()
      await jonas.button(`You: ${state}`).waitFor()
      // Rows do not move under the pointer, and the menu lay over the list.
      await jonas.page.mouse.move(1_000, 400)
    }
    await set('Away')
    await jonas.page.reload()
    await jonas.button('You: Away').waitFor()
    await jonas.button(/^You:/).click()
    await jonas.page.getByRole('menuitem', { name: 'Capacity, sound and keys' }).click()
    const capacity = jonas.page.getByLabel('Conversations at once')
    await capacity.fill('51')
    await capacity.press('Tab')
    await jonas.page.getByText('Choose a whole number from 0 to 50.').waitFor()
    await capacity.fill('9')
    await capacity.press('Tab')
    await jonas.page.keyboard.press('Escape')
    const ines = await Member.signsIn(stage.browser, stage.world.url, 'ines')
    const inTeam = ines.page.getByRole('listitem').filter({ hasText: 'Jonas Weber' })
    await ines.sets('team')
    await inTeam.getByText('Away', { exact: true }).waitFor()

    const omar = await Buyer.arrives(stage.browser, stage.world.url)
    await omar.signsIn('omar')
    await omar.visits('/demo/')
    await omar.asksSupport('Account', 'Who takes this one?')
    await jonas.shows('Waiting')
    await jonas.row('Who takes this one?').waitFor()
    await jonas.shows('Mine')
    await jonas.page.getByText('Nothing is waiting for you').waitFor()
    await set('Available')
    await jonas.row('Who takes this one?').filter({ hasText: 'Offered to you' }).waitFor()
    await ines.page.reload()
    await inTeam.getByText('Available, takes 9', { exact: true }).waitFor()
    expect(jonas.faults).toEqual([])
  })
})

describe('the console on a device', () => {
  const stage = openStage({ engine: 'postgres' })

  it('can be installed, and opens without a network to say so', async () => {
    const priya = await Member.signsIn(stage.browser, stage.world.url, 'priya')
    const { page } = priya
    const devtools = await page.context().newCDPSession(page)
    await page.waitForFunction(() => navigator.serviceWorker.ready.then((worker) => worker.active !== null))
    const { errors } = await devtools.send('Page.getAppManifest')
    expect(errors).toEqual([])
    const { installabilityErrors } = await devtools.send('Page.getInstallabilityErrors')
    // The tests' browser keeps nothing on disk, and says that of every page.
    expect(installabilityErrors.filter(({ errorId }) => errorId !== 'in-incognito')).toEqual([])

    // The page that registered the worker loaded its files past it; the next one keeps them.
    await page.reload()
    await page.getByRole('navigation', { name: 'Places' }).waitFor()
    await page.context().setOffline(true)
    await page.goto(`${stage.world.url}/console/inbox/mine`)
    await page.getByRole('heading', { name: 'Parley cannot be reached' }).waitFor()
    await page.context().setOffline(false)
    await page.getByRole('navigation', { name: 'Places' }).waitFor()
  })
})
