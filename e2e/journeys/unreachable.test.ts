import { describe, expect, it } from 'vitest'
import { credentials, Member } from '../cast.ts'
import { openStage } from '../stage.ts'

const patient = { timeout: 20_000 }

describe('a console that cannot reach its server', () => {
  const stage = openStage({ engine: 'postgres' })

  async function cutOff(pattern: string, how: 'silent' | 'refused'): Promise<Member> {
    const context = await stage.browser.newContext({ serviceWorkers: 'block', locale: 'en-GB' })
    // A request that is never answered is what a lost route looks like.
    await context.route(pattern, (route) => (how === 'refused' ? route.abort() : undefined))
    return Member.arrives(context, stage.world.url)
  }

  it('says so instead of staying blank, also when no answer comes at all, and opens by itself', async () => {
    const priya = await cutOff('**/api/v1/session', 'silent')
    await priya.page.getByText('Reaching Parley…').waitFor()
    await priya.page.getByRole('heading', { name: 'Parley cannot be reached' }).waitFor(patient)
    await priya.page.context().unroute('**/api/v1/session')
    await priya.page.getByLabel('Work e-mail').waitFor(patient)
    expect(await priya.page.getByText('Parley cannot be reached').count()).toBe(0)
  })

  it('fetches what it did not get, and goes on where it was', async () => {
    const priya = await cutOff('**/assets/sign-in-*.js', 'refused')
    await priya.page.getByRole('heading', { name: 'Parley cannot be reached' }).waitFor(patient)
    await priya.page.context().unroute('**/assets/sign-in-*.js')
    await priya.page.getByLabel('Work e-mail').waitFor(patient)
    const { email, password } = credentials('priya')
    await priya.writesCredentials(email, password)
    await priya.page.getByRole('navigation', { name: 'Places' }).waitFor()
  })
})
