import type { Browser, Page } from 'playwright'
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest'
import { problems } from '../axe.ts'
import { Buyer, Member, picture } from '../cast.ts'
import { openBrowser, startParley, type World } from '../world.ts'

const phone = {
  viewport: { width: 390, height: 844 },
  colorScheme: 'dark',
  hasTouch: true,
  isMobile: true,
} as const
/** A PNG of one pixel: what a scanned registration is to a test. */
const scan = Buffer.from(
  'iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAYAAAAfFcSJAAAADUlEQVR4nGP4z8DwHwAFAAH/iZk9HQAAAABJRU5ErkJggg==',
  'base64',
)

describe('the life of a vendor', () => {
  let world: World
  let browser: Browser
  let ines: Member
  let priya: Member
  let ida: Member
  let daniel: Member
  let marta: Buyer
  let invitation = ''
  beforeAll(async () => {
    world = await startParley({ engine: 'postgres', env: { RATE_LIMIT_FACTOR: '100' } })
    browser = await openBrowser()
  })
  beforeEach((context) => context.onTestFailed(() => picture(browser, context.task.name.slice(0, 40))))
  afterAll(async () => {
    await browser?.close()
    await world?.stop()
  })

  async function look(page: Page, name: string): Promise<void> {
    await page.screenshot({ path: `e2e/screens/vendor-life-${name}.png` })
    expect(await problems(page), name).toEqual([])
  }
  const heading = (member: Member, name: string) =>
    member.page.getByRole('heading', { level: 1, name }).waitFor()
  async function opensVendor(member: Member): Promise<void> {
    await member.visits('/console/vendors')
    await member.page.getByRole('link', { name: 'Salt & Rope' }).click()
    await heading(member, 'Salt & Rope')
  }
  async function saysWhy(member: Member, reason: string, act: string): Promise<void> {
    const dialog = member.page.getByRole('dialog')
    await dialog.getByRole('textbox').first().fill(reason)
    await dialog.getByRole('button', { name: act, exact: true }).click()
    await dialog.waitFor({ state: 'detached' })
  }

  it('begins with the site owner, who opens applications and writes a training', async () => {
    ines = await Member.signsIn(browser, world.url, 'ines')
    await ines.visits('/console/vendors/rules')
    await ines.page.getByRole('switch', { name: 'Anybody can apply' }).check()
    await ines.page.getByLabel('Categories').fill('Home\nKitchen\nOutdoors')
    await ines.page
      .getByLabel('Terms', { exact: true })
      .fill('Answer within a day.\n\nNever ask a buyer to pay elsewhere.')
    await ines.saves()
    await ines.page.getByText(/\/console\/apply\?site=marlow$/).waitFor()
    await look(ines.page, 'rules')
    await ines.page.getByRole('link', { name: 'Training', exact: true }).click()
    await ines.button('Write a training').first().click()
    await ines.page.getByLabel('Title').fill('Answering buyers')
    await ines.page.getByLabel('Heading of part 1').fill('Kind and exact')
    await ines.page.getByLabel('Text of part 1').fill('Say what you know.\n\nPayment stays in the shop.')
    await ines.page.getByLabel('Question 1', { exact: true }).fill('Where does a buyer pay?')
    await ines.page.getByLabel('Choice 1 of question 1').fill('In the shop')
    await ines.page.getByLabel('Choice 2 of question 1').fill('Wherever it is cheaper')
    await ines.page.getByRole('switch', { name: 'Published' }).check()
    await look(ines.page, 'training-editor')
    await ines.button('Save').click()
    await ines.page.getByText('Published').waitFor()
    expect(ines.faults).toEqual([])
  })

  it('goes on with somebody who applies without an account, brings a document and keeps a link', async () => {
    const context = await browser.newContext(phone)
    const page = await context.newPage()
    await page.goto(`${world.url}/console/apply?site=marlow`)
    await page.getByRole('button', { name: 'Send the application' }).click()
    await page.getByText('Write the name of your shop.').waitFor()
    await page.getByLabel('Shop or company').fill('Salt & Rope')
    await page.getByLabel('What do you make or sell?').fill('Hammocks and rope bags, made in Esbjerg.')
    await page.getByLabel('Outdoors').check()
    await page.getByLabel('Name', { exact: true }).fill('Ida Strand')
    await page.getByLabel('E-mail').fill('ida@salt.example')
    await page.getByLabel('I have read these terms').check()
    await look(page, 'apply-phone')
    await page.getByRole('button', { name: 'Send the application' }).click()
    await page.getByRole('heading', { name: 'Your application has arrived' }).waitFor()
    await page
      .getByLabel('Business registration')
      .setInputFiles({ name: 'registration.png', mimeType: 'image/png', buffer: scan })
    await page.getByText('registration.png, received').waitFor()
    await look(page, 'applied-phone')
    const link = await page.getByText(/\/console\/apply#application=/).innerText()
    // Another browser, by the link alone.
    const elsewhere = await (await browser.newContext()).newPage()
    await elsewhere.goto(link)
    await elsewhere.getByText('Salt & Rope, Ida Strand').waitFor()
  })

  it('ends before it begins for somebody who asks to be erased', async () => {
    const headers = { 'content-type': 'application/json', origin: world.url, 'parley-csrf': '1' }
    const given = { company: 'Tide & Tar', contactName: 'Ole Strand', email: 'ole@tide.example' }
    const form = (await (await fetch(`${world.url}/api/v1/applications/marlow`)).json()) as object
    const { termsVersion } = form as { termsVersion: number }
    const told = { about: 'Ropes.', categories: ['Home'], termsVersion, siteKey: 'marlow' }
    const body = JSON.stringify({ ...given, ...told })
    const applied = await fetch(`${world.url}/api/v1/applications`, { method: 'POST', headers, body })
    expect(await applied.json()).toMatchObject({ token: expect.any(String) })
    await ines.visits('/console/vendors')
    await ines.page.getByRole('link', { name: 'Tide & Tar' }).click()
    await ines.button('Erase…').click()
    const dialog = ines.page.getByRole('dialog', { name: 'Erase this application?' })
    const downloaded = ines.page.waitForEvent('download')
    await dialog.getByRole('button', { name: 'Export it first' }).click()
    expect((await downloaded).suggestedFilename()).toMatch(/^person-.*\.zip$/)
    await dialog.getByLabel('Why').fill('Asked by mail')
    await dialog.getByRole('button', { name: 'Erase for good' }).click()
    await dialog.waitFor({ state: 'detached' })
    await heading(ines, 'Erased')
    expect(await ines.page.getByText('Ole Strand').count()).toBe(0)
    await look(ines.page, 'erased')
  })

  it('is reviewed: asked back, documents checked, approved with a reason', async () => {
    priya = await Member.signsIn(browser, world.url, 'priya')
    await priya.visits('/console/vendors')
    await priya.page.getByRole('tab', { name: /^Waiting for you/ }).click()
    await priya.page.getByRole('link', { name: 'Salt & Rope' }).waitFor()
    await look(priya.page, 'list')
    await opensVendor(priya)
    await priya.button('Start review').click()
    await priya.button('Approve…').waitFor()
    await priya.button(/^Check…/).click()
    await priya.page.getByRole('dialog').getByLabel('Expires on').fill('2031-01-31')
    await priya.page.getByRole('dialog').getByRole('button', { name: 'Save' }).click()
    await priya.page.getByText('Valid').waitFor()
    for (const box of await priya.page.getByRole('group', { name: 'Checklist' }).getByRole('checkbox').all())
      await box.check()
    await look(priya.page, 'review')
    await priya.button('Approve…').click()
    const dialog = priya.page.getByRole('dialog')
    await dialog.getByRole('textbox').fill('Registered, own workshop')
    await dialog.getByRole('button', { name: 'Approve', exact: true }).click()
    invitation = await priya.page.getByText(/\/console\/#invite=/).innerText()
    await priya.button('Done').click()
    await priya.page.getByText('In training').waitFor()
    await priya.page.getByText('Registered, own workshop').waitFor()
  })

  it('learns and is tested before it may answer anybody', async () => {
    ida = await Member.arrives(browser, world.url, invitation.slice(world.url.length))
    await ida.page.getByLabel('New password').fill('rope and salt and rope')
    await ida.button('Join').click()
    await heading(ida, 'Salt & Rope')
    await ida.page.getByText('Pass the training below.').waitFor()
    expect(await ida.page.getByRole('link', { name: 'Inbox' }).count()).toBe(0)
    await ida.button(/^Take it/).click()
    await ida.page.getByLabel('Wherever it is cheaper').check()
    await ida.button('Hand in').click()
    await ida.page.getByText('Not passed, 0 %').waitFor()
    await ida.page.getByLabel('In the shop').check()
    await look(ida.page, 'training-test')
    await ida.button('Hand in').click()
    await ida.page.getByText('Passed, 100 %').waitFor()
    await ida.button('Done').click()
    await opensVendor(priya)
    await priya.button('Admit…').click()
    await saysWhy(priya, 'Passed the training', 'Admit')
    await priya.page.getByText('On probation').first().waitFor()
    await ines.visits('/console/vendors')
    await opensVendor(ines)
    await ines.button('Edit').click()
    await ines.page.getByLabel('Id in your shop').fill('ven_salt')
    await ines.page.getByRole('dialog').getByRole('button', { name: 'Save' }).click()
    await ines.page.getByText('In your shop: ven_salt').waitFor()
  })

  const question = 'Does the hammock bear two?'
  const answer = 'It bears three, and a dog'

  it('answers on probation, each message once a moderator has let it go', async () => {
    await ines.visits('/console/vendors/rules')
    await ines.page.getByRole('switch', { name: 'Hold every message on probation' }).check()
    await ines.saves()
    // Rights come with the admission; to be there is Ida's to say.
    await ida.visits('/console/inbox/all')
    await ida.button(/^You: Away/).click()
    await ida.page.getByRole('menuitemradio', { name: 'Available' }).click()
    await ida.button(/^You: Available/).waitFor()
    marta = await Buyer.arrives(browser, world.url)
    await marta.signsIn('marta')
    await marta.visits('/demo/')
    await marta.page.evaluate(() => {
      const { Parley } = window as unknown as { Parley(name: string, value: object): void }
      Parley('setContext', {
        product: { id: 'prd_hammock', name: 'Rope hammock', vendorId: 'ven_salt', vendorName: 'Salt & Rope' },
      })
    })
    await marta.opensChat()
    await marta.chooses(/^Salt & Rope Vendor.*Online/)
    await marta.says(question)
    await marta.sees(question)
    await ida.visits('/console/inbox/all')
    await ida.takes(question)
    await ida.says(answer)
    daniel = await Member.signsIn(browser, world.url, 'daniel')
    await daniel.visits('/console/moderation')
    const card = daniel.page.getByRole('button', { name: /Salt & Rope/ }).filter({ hasText: 'Marta' })
    await card.first().click()
    const drawer = daniel.page.getByRole('complementary', { name: /Salt & Rope with Marta/ })
    await drawer.getByText(answer).waitFor()
    expect(await marta.messages()).not.toContain(answer)
    await look(daniel.page, 'held')
    await drawer.getByRole('button', { name: 'Release…' }).first().waitFor()
    await daniel.page.keyboard.press('Shift+Y')
    const dialog = daniel.page.getByRole('dialog')
    await dialog.getByLabel('Reason').fill('A fair answer')
    await dialog.getByRole('button', { name: 'Release', exact: true }).click()
    await marta.sees(answer)
  })

  it('falls under the rules by what buyers think of it, and is told which conversation that was', async () => {
    await marta.panel.getByRole('button', { name: 'More' }).click()
    await marta.panel.getByRole('menuitem', { name: 'End chat' }).click()
    await marta.log.getByText(/^You ended the chat/).waitFor()
    await marta.panel.getByRole('radio', { name: '1 of 5, Bad' }).check({ force: true })
    await marta.panel.getByRole('button', { name: 'Send rating' }).click()
    await marta.sees('You rated this chat 1 of 5')
    await ines.visits('/console/vendors/rules')
    await ines.page.getByRole('switch', { name: 'Warn, restrict and suspend by rule' }).check()
    await ines.page.getByLabel('Least number of cases').fill('1')
    await ines.saves()
    await ida.visits('/console/vendors')
    // Saving has the rules look at once, on a timer of the server's own.
    const standing = ida.page.getByText(/^(On probation|Restricted)$/).first()
    await expect
      .poll(
        async () => {
          await ida.page.reload()
          await standing.waitFor()
          return standing.innerText()
        },
        { timeout: 60_000 },
      )
      .toBe('Restricted')
    await ida.page
      .getByText(/Rating 1 from 1, limit 3.5/)
      .first()
      .waitFor()
    await ida.page.getByText(/names 1 conversation/).waitFor()
    await look(ida.page, 'restricted')
  })

  it('is suspended by a moderator, reads why, and answers nobody', async () => {
    await opensVendor(daniel)
    await daniel.button('Change standing…').click()
    const dialog = daniel.page.getByRole('dialog')
    await dialog.getByLabel('What').selectOption('Suspend')
    await dialog.getByLabel('Why', { exact: true }).fill('Asked for a bank transfer')
    await dialog.getByRole('button', { name: 'Suspend', exact: true }).click()
    await dialog.waitFor({ state: 'detached' })
    await ida.visits('/console/vendors')
    await ida.page.getByText('Your people do not answer buyers now.').waitFor()
    await ida.page.getByText('Asked for a bank transfer').first().waitFor()
    await expect
      .poll(() => ida.page.getByRole('link', { name: 'Inbox' }).count(), { timeout: 30_000 })
      .toBe(0)
    await look(ida.page, 'suspended')
  })

  it('appeals, is decided about by somebody else, and answers again', async () => {
    await ida.button('Appeal…').click()
    await ida.page.getByRole('dialog').getByRole('textbox').fill('A buyer asked for it, I never did')
    await ida.page.getByRole('dialog').getByRole('button', { name: 'Send the appeal' }).click()
    await ida.page.getByText('Waits for an answer').waitFor()
    await opensVendor(daniel)
    await daniel.page.getByText('someone else must decide now.').waitFor()
    expect(await daniel.button('Back on probation…').isDisabled()).toBe(true)
    await opensVendor(ines)
    await look(ines.page, 'appeal')
    await ines.button('Back on probation…').click()
    await saysWhy(ines, 'The buyer says so too', 'Readmit on probation')
    await ines.page.getByText('On probation').first().waitFor()
    await ida.visits('/console/vendors')
    await ida.page.getByText('Granted').waitFor()
    await ida.page.getByRole('link', { name: 'Inbox' }).waitFor()
    expect([...marta.faults, ...daniel.faults]).toEqual([])
  })
})
