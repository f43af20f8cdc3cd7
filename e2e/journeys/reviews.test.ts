import type { Browser, Page } from 'playwright'
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest'
import { Member, picture } from '../cast.ts'
import { openBrowser, startParley, type World } from '../world.ts'

describe('reviews', () => {
  let world: World
  let browser: Browser
  let daniel: Member
  let elin: Member
  let ines: Member
  beforeAll(async () => {
    world = await startParley({ engine: 'postgres', env: { RATE_LIMIT_FACTOR: '100' } })
    browser = await openBrowser()
    daniel = await Member.signsIn(browser, world.url, 'daniel')
    elin = await Member.signsIn(browser, world.url, 'elin')
    ines = await Member.signsIn(browser, world.url, 'ines')
  })
  beforeEach((context) => context.onTestFailed(() => picture(browser, context.task.name.slice(0, 40))))
  afterAll(async () => {
    await browser?.close()
    await world?.stop()
  })

  const question = 'The bowl has a hairline crack near the rim.'
  const answer = /A new bowl is on its way/
  const card = (page: Page) => page.getByRole('form', { name: 'Scorecard' })
  const tab = (page: Page, name: string) => page.getByRole('tab', { name })
  async function marks(member: Member, criterion: string, mark: string): Promise<void> {
    const group = member.page.getByRole('group', { name: new RegExp(`^${criterion}`) })
    await group.getByRole('radio', { name: mark, exact: true }).check({ force: true })
  }

  const marksAtOnce = (page: Page, wanted: [string, string][]) =>
    card(page).evaluate((form, all) => {
      for (const [criterion, mark] of all) {
        const group = [...form.querySelectorAll('fieldset')].find(({ textContent }) =>
          textContent?.startsWith(criterion),
        )
        const choice = [...(group?.querySelectorAll('label') ?? [])].find(
          ({ textContent }) => textContent === mark,
        )
        choice?.querySelector('input')?.click()
      }
    }, wanted)

  /** How many the server has of the review that is open. */
  async function keptMarks(page: Page): Promise<number> {
    const response = await page.request.post(`${world.url}/api/v1/commands/readReview`, {
      headers: { 'parley-csrf': '1', origin: world.url },
      data: { reviewId: page.url().split('/').at(-1) },
    })
    return Object.keys((await response.json()).review.marks).length
  }

  it('begin with a closed conversation that a moderator picks from the command menu', async () => {
    await daniel.visits('/console/inbox/closed')
    await daniel.opens(/That is kind, thank you/)
    await daniel.sees(question)
    await daniel.page.keyboard.press('Control+K')
    await daniel.page.getByRole('combobox').fill('Review this')
    await daniel.page.getByRole('option', { name: /Review this conversation/ }).waitFor()
    await daniel.page.keyboard.press('Enter')
    await daniel.page.waitForURL(/\/console\/reviews\/queue\/rev_/)
    await daniel.page.getByRole('button', { name: 'Review it' }).click()
    await card(daniel.page).waitFor()
    await daniel.page.getByText(question).waitFor()
  })

  it('are scored beside the transcript by keyboard, and what was marked is kept through a reload', async () => {
    await daniel.page
      .getByRole('article')
      .filter({ hasText: answer })
      .getByRole('button', { name: /^Comment on the message/ })
      .click()
    await daniel.page.keyboard.type('Clear, and the right promise.')
    await daniel.page.keyboard.press('Control+Enter')
    await daniel.page.getByText('Clear, and the right promise.').waitFor()

    await daniel.page
      .getByRole('group', { name: /^Decision right/ })
      .getByRole('radio')
      .first()
      .focus()
    await daniel.page.keyboard.press('Space')
    await daniel.page.keyboard.press('Tab')
    await daniel.page.keyboard.press('Space')
    await daniel.page.keyboard.press('ArrowRight')
    // Before anything is drawn again, as quick fingers are.
    await marksAtOnce(daniel.page, [
      ['Handoff complete', 'Not asked for'],
      ['Tone', 'Yes'],
    ])
    await card(daniel.page).getByText('1 to mark').waitFor()
    await expect.poll(() => keptMarks(daniel.page), { timeout: 30_000 }).toBe(4)
    await daniel.page.reload()
    await card(daniel.page).getByText('1 to mark').waitFor()
    await daniel.page.getByText('Clear, and the right promise.').waitFor()

    await marks(daniel, 'Terms kept', 'No')
    await card(daniel.page)
      .getByText(/^0 of 100/)
      .waitFor()
    await card(daniel.page).getByLabel('In a few words').fill('Named another shop to the buyer.')
    await daniel.page.keyboard.press('Control+Enter')
    await daniel.page.getByRole('status').filter({ hasText: 'Reviewed.' }).waitFor()
    await tab(daniel.page, 'Reviewed').click()
    await daniel.page
      .getByRole('list', { name: 'Reviews' })
      .getByText(/^Oluwaseun/)
      .first()
      .waitFor()
  })

  it('are seen by the vendor, without notes and names of reviewers, and disputed', async () => {
    await elin.page.getByRole('navigation', { name: 'Places' }).getByRole('link', { name: 'Reviews' }).click()
    await elin.page.getByRole('list', { name: 'Reviews' }).getByRole('link').first().click()
    await elin.page.getByText('Named another shop to the buyer.').waitFor()
    await elin.page.getByText('Clear, and the right promise.').waitFor()
    expect(await elin.page.content()).not.toContain('Daniel Okoye')
    expect(await elin.page.getByRole('tab').count()).toBe(0)
    await elin.button('I do not agree').click()
    await elin.page.getByLabel('What is not right?').fill('The buyer had ordered from both of us.')
    await elin.button('Dispute the review').click()
    await elin.page.getByRole('region', { name: 'Dispute' }).waitFor()
  })

  it('are decided by somebody other than the reviewer', async () => {
    await tab(daniel.page, 'Disputes').click()
    await daniel.page.getByRole('list', { name: 'Reviews' }).getByRole('link').first().click()
    await daniel.page.getByText('The buyer had ordered from both of us.').waitFor()
    expect(await daniel.page.getByRole('form', { name: 'Decide the dispute' }).count()).toBe(0)

    await ines.visits('/console/reviews/disputed')
    await ines.page.getByRole('list', { name: 'Reviews' }).getByRole('link').first().click()
    await ines.page.getByRole('form', { name: 'Decide the dispute' }).waitFor()
    await ines.page.getByLabel('Change the marks').check()
    await marks(ines, 'Terms kept', 'Partly')
    await ines.page.getByLabel('Why').fill('Both parcels were part of one order.')
    await ines.button('Decide').click()
    await ines.page.getByText('The review was changed').waitFor()
    await elin.page.reload()
    await elin.page.getByText('Both parcels were part of one order.').waitFor()
  })

  it('are compared with what customers said, and chosen by rules that an admin sets', async () => {
    await ines.sets('reviews')
    await ines.page.getByLabel('Share of all, in percent').fill('100')
    await ines.saves()
    await tab(daniel.page, 'Disagreements').click()
    await daniel.page
      .getByText(/agree, \d of \d/)
      .first()
      .waitFor()
    for (const member of [daniel, elin, ines]) expect(member.faults).toEqual([])
  })

  it('fit a phone, one thing at a time', async () => {
    const phone = await Member.signsIn(browser, world.url, 'elin', { viewport: { width: 320, height: 700 } })
    await phone.visits('/console/reviews')
    await phone.page.getByRole('list', { name: 'Reviews' }).getByRole('link').first().click()
    await phone.page.getByRole('region', { name: 'Decision' }).waitFor()
    const isWithin = () =>
      phone.page.evaluate(() => document.documentElement.scrollWidth <= window.innerWidth)
    expect(await isWithin()).toBe(true)
    await phone.page.getByRole('link', { name: 'Back to the list' }).click()
    await phone.page.getByRole('list', { name: 'Reviews' }).waitFor()
    expect(await isWithin()).toBe(true)
  })
})
