import { marlow, staff, vendorMembers } from '@parley/server/src/demo/cast.ts'
import type { CommandAnswer } from '@parley/shared/protocol/answers.ts'
import type { CommandName, CommandWish } from '@parley/shared/protocol/commands.ts'
import type { Me } from '@parley/shared/protocol/reading.ts'
import type { Refusal } from '@parley/shared/protocol/refusals.ts'
import type { Topic } from '@parley/shared/protocol/settings.ts'
import { startParley } from '../world.ts'

export interface Login {
  email: string
  password: string
}

/** Somebody signed in to the console, through the front door. */
export interface Member {
  me: Me
  /** One use: what a console's connection says hello with. */
  ticket(): Promise<string>
  ask<N extends CommandName>(name: N, wish: CommandWish<N>): Promise<CommandAnswer<N>>
}

/** The server and the people that a replay is played with. */
export interface Site {
  url: URL
  siteKey: string
  topics: readonly Topic[]
  /** Who answers: staff and members of vendors. */
  members: readonly Member[]
  /** Who may read every conversation back. */
  reader: Member
  stop(): Promise<void>
}

/** A Parley of our own with the demo's people, its limits raised so that one address may be a crowd. */
export async function startOwnSite(): Promise<Site> {
  const world = await startParley({
    from: 'source',
    env: { RATE_LIMIT_FACTOR: process.env.RATE_LIMIT_FACTOR ?? '100000' },
  })
  const logins = Object.values({ ...staff, ...vendorMembers }).map(({ email }) => ({
    email,
    password: marlow.password,
  }))
  try {
    const site = await joinSite(world.url, marlow.siteKey, logins)
    return { ...site, stop: async () => void (await world.stop()) }
  } catch (error) {
    await world.stop()
    throw error
  }
}

export async function joinSite(address: string, siteKey: string, logins: readonly Login[]): Promise<Site> {
  const url = new URL(address)
  const members: Member[] = []
  for (const login of logins) members.push(await signIn(url, login))
  const reader = members.find(({ me }) => me.role === 'admin' || me.role === 'moderator')
  if (!reader)
    throw new Error('A replay needs the login of an admin or a moderator, to read everything back.')
  const { topics } = await reader.ask('viewSite', {})
  return { url, siteKey, topics, members, reader, stop: async () => {} }
}

async function signIn(url: URL, login: Login): Promise<Member> {
  const post = (path: string, body: object, cookie?: string) =>
    fetch(new URL(path, url), {
      method: 'POST',
      headers: {
        'content-type': 'application/json',
        origin: url.origin,
        'parley-csrf': '1',
        ...(cookie === undefined ? {} : { cookie }),
      },
      body: JSON.stringify(body),
    })
  const response = await post('/api/v1/session', login)
  if (!response.ok)
    throw new Error(`${login.email} could not sign in: ${(await refusalOf(response)).reason}.`)
  const cookie = response.headers.getSetCookie()[0]?.split(';')[0] ?? ''
  const { me } = (await response.json()) as { me: Me }

  async function answered<Value>(path: string, body: object): Promise<Value> {
    for (;;) {
      const answer = await post(path, body, cookie)
      if (answer.ok) return (await answer.json()) as Value
      const { code, reason, retryAfterMs } = await refusalOf(answer)
      if (code !== 'rateLimited' && code !== 'unavailable')
        throw new Error(`${path} was refused to ${me.name}: ${reason ?? code}.`)
      await new Promise((resolve) => setTimeout(resolve, retryAfterMs ?? 1_000))
    }
  }

  return {
    me,
    ticket: async () => (await answered<{ ticket: string }>('/api/v1/session/ticket', {})).ticket,
    ask: (name, wish) => answered(`/api/v1/commands/${name}`, wish),
  }
}

async function refusalOf(response: Response): Promise<Refusal> {
  const isProblem = response.headers.get('content-type')?.includes('problem+json')
  return isProblem
    ? ((await response.json()) as Refusal)
    : { code: 'internal', reason: `HTTP ${response.status}` }
}
