import { type buyers, marlow, staff, vendorMembers } from '@parley/server/src/demo/cast.ts'
import type { Browser, BrowserContext, BrowserContextOptions, FrameLocator, Locator, Page } from 'playwright'

export type BuyerName = keyof typeof buyers
export type MemberName = keyof typeof staff | keyof typeof vendorMembers

/** Nothing fades or slides: each frame of it is drawn by the processor, and people would only wait. */
const ordinary = { locale: 'en-GB', reducedMotion: 'reduce' } as const

const atDesk = { ...ordinary, viewport: { width: 1440, height: 900 } } as const

/** What went wrong in a page without anybody asking: scripts, refused loads, broken policies. */
function watch(page: Page): string[] {
  const faults: string[] = []
  page.on('pageerror', (error) => faults.push(error.message))
  page.on('console', (message) => {
    // Signed out answers 401, and a server that is stopped on purpose cannot be reached.
    if (
      message.type() === 'error' &&
      !/401|ERR_CONNECTION|ERR_INTERNET|WebSocket connection/.test(message.text())
    )
      faults.push(message.text())
  })
  return faults
}

/** A buyer's browser on the demo marketplace. Helpers are verbs; they wait for what a person would see. */
export class Buyer {
  readonly page: Page
  readonly faults: string[]
  private readonly url: string

  private constructor(page: Page, url: string) {
    this.page = page
    this.url = url
    this.faults = watch(page)
  }

  static async arrives(browser: Browser, url: string, options: BrowserContextOptions = {}): Promise<Buyer> {
    const context = await browser.newContext({
      ...ordinary,
      viewport: { width: 1280, height: 800 },
      ...options,
    })
    return new Buyer(await context.newPage(), url)
  }

  get context(): BrowserContext {
    return this.page.context()
  }

  /** The same browser, another tab. */
  async opensTab(path: string): Promise<Buyer> {
    const tab = new Buyer(await this.context.newPage(), this.url)
    await tab.visits(path)
    return tab
  }

  get panel(): FrameLocator {
    return this.page.frameLocator('iframe[src*="/panel"]')
  }

  get launcher(): Locator {
    return this.page.getByRole('button', { name: /^(Open chat|Close chat|Chat)/ })
  }

  get log(): Locator {
    return this.panel.getByRole('log', { name: 'Messages' })
  }

  get composer(): Locator {
    return this.panel.getByRole('textbox', { name: /^(Write a message|Add a detail|Write again)/ })
  }

  async visits(path: string): Promise<void> {
    await this.page.goto(`${this.url}${path}`)
  }

  async signsIn(name: BuyerName): Promise<void> {
    await this.visits('/demo/sign-in')
    await this.page.click(`button[value=${name}]`)
    await this.page.waitForURL((address) => !address.pathname.endsWith('/sign-in'))
  }

  async opensChat(): Promise<void> {
    await this.launcher.click()
    await this.panel.getByRole('dialog').waitFor()
  }

  /** A signed-in buyer's new chat with the marketplace, from the choices to the first message. */
  async asksSupport(topic: string, text: string): Promise<void> {
    await this.opensChat()
    await this.chooses(/^Marlow support/)
    await this.panel.getByRole('radio', { name: topic }).check({ force: true })
    await this.panel.getByRole('textbox').last().fill(text)
    await this.panel.getByRole('button', { name: /^(Start chat|Send message)$/ }).click()
    await this.sees(text)
  }

  async chooses(name: RegExp): Promise<void> {
    await this.panel.getByRole('button', { name }).first().click()
  }

  /** Goes on with a chat of before, which is either open already or in the list. */
  async continues(name: RegExp): Promise<void> {
    const entry = this.panel.getByRole('button', { name })
    await entry.or(this.log).first().waitFor()
    if (await entry.first().isVisible()) await entry.first().click()
  }

  async says(text: string): Promise<void> {
    await this.composer.fill(text)
    await this.panel.getByRole('button', { name: 'Send', exact: true }).click()
  }

  async sees(text: string | RegExp): Promise<void> {
    await this.log.getByText(text).first().waitFor()
  }

  /** The texts of the log's bubbles, oldest first. */
  async messages(): Promise<string[]> {
    return this.log.locator('article .bubble').allInnerTexts()
  }
}

export function credentials(name: MemberName): { email: string; password: string } {
  return { email: { ...staff, ...vendorMembers }[name].email, password: marlow.password }
}

/** A member's browser in the console. */
export class Member {
  readonly page: Page
  readonly faults: string[]
  private readonly url: string

  private constructor(page: Page, url: string) {
    this.page = page
    this.url = url
    this.faults = watch(page)
  }

  /** Nobody yet: the console's door, in a browser of its own or in the given one. */
  static async arrives(
    place: Browser | BrowserContext,
    url: string,
    path = '/console/',
    options: BrowserContextOptions = {},
  ): Promise<Member> {
    const context = 'newContext' in place ? await place.newContext({ ...atDesk, ...options }) : place
    const member = new Member(await context.newPage(), url)
    await member.visits(path)
    return member
  }

  /** Past the door: `signing-in.test.ts` is about the door itself. */
  static async signsIn(
    browser: Browser,
    url: string,
    name: MemberName,
    options: BrowserContextOptions = {},
  ): Promise<Member> {
    const context = await browser.newContext({ ...atDesk, ...options })
    const answer = await context.request.post(`${url}/api/v1/session`, {
      data: credentials(name),
      headers: { Origin: url, 'Parley-CSRF': '1' },
    })
    if (!answer.ok()) throw new Error(`${name} could not sign in: ${answer.status()} ${await answer.text()}`)
    const member = await Member.arrives(context, url)
    await member.page.getByRole('navigation', { name: 'Places' }).waitFor()
    return member
  }

  async writesCredentials(email: string, password: string): Promise<void> {
    await this.page.getByLabel('Work e-mail').fill(email)
    await this.page.getByLabel('Password', { exact: true }).fill(password)
    await this.page.getByRole('button', { name: 'Sign in' }).click()
  }

  get log(): Locator {
    return this.page.getByRole('log', { name: 'Messages' })
  }

  get composer(): Locator {
    return this.page.getByRole('textbox', { name: /^(Reply to|Note for)/ })
  }

  get list(): Locator {
    return this.page.getByRole('region', { name: 'Conversations' })
  }

  async visits(path: string): Promise<void> {
    await this.page.goto(`${this.url}${path}`)
  }

  /** A page of the settings, loaded. */
  async sets(page: string): Promise<void> {
    await this.visits(`/console/settings/${page}`)
    await this.page.getByRole('heading', { level: 1 }).first().waitFor()
  }

  async saves(): Promise<void> {
    await this.button('Save changes').click()
    await this.page.getByRole('status').filter({ hasText: 'Saved' }).waitFor()
  }

  async shows(view: 'Mine' | 'Waiting' | 'Team' | 'All' | 'Closed'): Promise<void> {
    await this.page.getByRole('tab', { name: new RegExp(`^${view}`) }).click()
  }

  async opens(name: string | RegExp): Promise<void> {
    // New rows enter while the pointer is elsewhere.
    await this.page.mouse.move(720, 20)
    await this.row(name).first().click()
  }

  async accepts(): Promise<void> {
    await this.page
      .getByRole('button', { name: /^Accept/ })
      .first()
      .click()
  }

  /** Opens a conversation wherever it stands and makes it their own. */
  async takes(text: string | RegExp): Promise<void> {
    await this.shows('All')
    await this.opens(asPattern(text))
    await this.sees(text)
    await this.page
      .getByRole('button', { name: /^(Accept|Take)/ })
      .first()
      .click()
    await this.assignee('you').waitFor()
  }

  assignee(name: string): Locator {
    return this.page.getByRole('button', { name: `Assigned to: ${name}` })
  }

  row(text: string | RegExp): Locator {
    return this.list.getByRole('link', { name: asPattern(text) })
  }

  /** The place between header and messages that says what stands before a reply. */
  banner(words: string | RegExp): Locator {
    return this.conversation.locator('p').filter({ hasText: words })
  }

  /** A fact of the log, which several in a row fold away. */
  async unfolds(fact: string): Promise<void> {
    await this.log
      .getByRole('button', { name: /^\d+ changes$/ })
      .last()
      .click()
    await this.sees(fact)
  }

  get conversation(): Locator {
    return this.page.getByRole('region', { name: /^Conversation with/ })
  }

  button(name: string | RegExp): Locator {
    return this.page.getByRole('button', { name })
  }

  async says(text: string): Promise<void> {
    await this.composer.fill(text)
    await this.page.keyboard.press('Control+Enter')
  }

  async sees(text: string | RegExp): Promise<void> {
    await this.log.getByText(text).first().waitFor()
  }
}

function asPattern(text: string | RegExp): RegExp {
  return typeof text === 'string' ? new RegExp(text.replace(/[.*+?^${}()|[\]\\]/g, '\\$&')) : text
}

/** Everything the browser of this page is sent over its sockets, panel included; listen before it connects. */
export function wiretap(page: Page): string[] {
  const frames: string[] = []
  page.on('websocket', (socket) => {
    socket.on('framereceived', ({ payload }) => frames.push(payload.toString()))
  })
  return frames
}

/** A text of its own for each try, so that what an earlier one left behind is never taken for it. */
export function own(text: string): string {
  return `${text} ${Math.random().toString(36).slice(2, 7)}`
}

/** Pictures of every open page, for whoever has to find out why a journey ended early. */
export async function picture(browser: Browser, name: string): Promise<void> {
  const pages = browser.contexts().flatMap((context) => context.pages())
  for (const [index, page] of pages.entries())
    await page.screenshot({ path: `e2e/screens/${name}-${index}.png` }).catch(() => undefined)
}
