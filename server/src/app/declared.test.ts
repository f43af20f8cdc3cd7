import { readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { type Action, permits, policy } from '@parley/shared/policy/policy.ts'
import {
  type CommandDefinition,
  type CommandName,
  commandNames,
  commands,
} from '@parley/shared/protocol/commands.ts'
import type { ClientHints } from '@parley/shared/protocol/ephemeral.ts'
import type { ServerToClient } from '@parley/shared/protocol/wire.ts'
import { io } from 'socket.io-client'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { createBus } from '../cluster/index.ts'
import { marlow } from '../demo/cast.ts'
import { createHttpServer } from '../http/http-server.ts'
import { createFigures } from '../metrics/index.ts'
import type { BetweenNodes } from '../realtime/socket-types.ts'
import { describedSoFar, forgetDescribed } from '../testing/described.ts'
import { connectEverybody, type Everybody } from '../testing/everybody.ts'
import { type Marlow, startMarlow } from '../testing/marlow.ts'
import { namesOfPasts } from '../testing/pasts/index.ts'
import { waitFor } from '../testing/wait-for.ts'
import { nothing, wishes } from '../testing/wishes.ts'

let site: Marlow
let everybody: Everybody
beforeAll(async () => {
  forgetDescribed()
  site = await startMarlow('postgres', { RATE_LIMIT_FACTOR: '1000000' })
  everybody = await connectEverybody(site)
})
afterAll(() => site?.close())

// The compiler keeps these complete.
const emitted: Record<keyof ServerToClient, true> = {
  event: true,
  head: true,
  welcome: true,
  'hint:typing': true,
  'hint:viewing': true,
  'hint:marks': true,
  'hint:inbox': true,
  'hint:board': true,
  'hint:tone': true,
  'hint:mention': true,
  'hint:forget': true,
  'hint:queue': true,
  'hint:availability': true,
  'hint:reconnectSoon': true,
}

/** What lets somebody through each route. */
type Rule =
  /** Everybody may have it, and nothing in it is anybody's. */
  | 'open'
  /** A token of its own in production. */
  | 'metrics'
  /** From the console's own pages only: signing in, and one-time links, which are their own proof. */
  | 'own pages'
  /** The console's cookie, and for changes the console's own pages. */
  | 'session'
  /** Visitor or member; then the policy, inside. */
  | 'actor'
  /** From any page that carries the widget, or from any browser: adds to counts that name nobody, within limits. */
  | 'counts'
  /** From any page that carries the widget: the token it brings is its own proof, and all it does is end that. */
  | 'own token'
  /** Only where the demo runs. */
  | 'demo'
  /** On the host of FILES_URL alone: sealed here, for one person and one file, for a minute. */
  | 'address'

const rules: Record<string, Rule> = {
  'GET /healthz': 'open',
  'GET /readyz': 'open',
  'GET /metrics': 'metrics',
  'GET /w/:file': 'open',
  'GET /w/:key/panel': 'open',
  'GET /w/:key/leave': 'open',
  'GET /w/:key/rules/:name': 'open',
  'GET /w/:key/here.js': 'open',
  'POST /w/:key/seen': 'counts',
  'POST /w/:key/end': 'own token',
  'POST /api/v1/csp-reports': 'counts',
  'GET /api/v1/openapi.json': 'open',
  'GET /console/{*path}': 'open',
  'GET /': 'open',
  'POST /api/v1/session': 'own pages',
  'GET /api/v1/session': 'session',
  'GET /api/v1/sso': 'open',
  'DELETE /api/v1/session': 'own pages',
  'POST /api/v1/session/ticket': 'session',
  'POST /api/v1/session/site': 'session',
  'POST /api/v1/session/totp/start': 'session',
  'POST /api/v1/session/totp/confirm': 'session',
  'POST /api/v1/session/password': 'session',
  'POST /api/v1/invitations/view': 'own pages',
  'POST /api/v1/invitations/accept': 'own pages',
  'POST /api/v1/invitations/renew': 'own pages',
  'POST /api/v1/setup/view': 'own pages',
  'POST /api/v1/setup': 'own pages',
  'POST /api/v1/commands/:name': 'actor',
  'POST /api/v1/uploads': 'actor',
  'GET /api/v1/audit/export': 'session',
  'GET /api/v1/people/:contactId/export': 'session',
  'GET /api/v1/applicants/:vendorId/export': 'session',
  'GET /api/v1/members/:memberId/export': 'session',
  'GET /api/v1/files/:fileId': 'actor',
  'GET /api/v1/files/:fileId/thumbnail': 'actor',
  'GET /f/:address': 'address',
  'GET /api/v1/applications/:siteKey': 'open',
  'POST /api/v1/applications': 'own pages',
  'POST /api/v1/applications/view': 'own pages',
  'POST /api/v1/applications/answer': 'own pages',
  'POST /api/v1/applications/again': 'own pages',
  'POST /api/v1/applications/documents': 'own pages',
}

/** Under which action of the policy an export is given, beyond knowing who asks. */
const exports: Record<string, Action> = {
  'GET /api/v1/audit/export': 'audit.export',
  'GET /api/v1/people/:contactId/export': 'person.erase',
  'GET /api/v1/applicants/:vendorId/export': 'person.erase',
  'GET /api/v1/members/:memberId/export': 'person.erase',
}

/** What lets a job go on: its own line in the policy, or whoever was permitted the act that it finishes. */
type Job = { bySystem: Action } | { finishes: Action } | 'upkeep'
const jobs: Record<string, Job> = {
  offer: { bySystem: 'conversation.route' },
  snooze: { bySystem: 'conversation.snooze' },
  vendorSweep: { finishes: 'vendorRules.manage' },
  vendorWeigh: { finishes: 'vendorRules.manage' },
  vendorLetter: { finishes: 'vendor.review' },
  invitationLetter: { finishes: 'member.manage' },
  erasePerson: { finishes: 'person.erase' },
  eraseMember: { finishes: 'person.erase' },
  retention: { finishes: 'retention.manage' },
  mailTranscript: { finishes: 'transcript.request' },
  mailAnswer: { finishes: 'message.send' },
  chooseReview: { finishes: 'review.configure' },
  webhookNotice: { finishes: 'webhook.manage' },
  webhookSweep: { finishes: 'webhook.manage' },
  sealFields: 'upkeep',
  watchAudit: 'upkeep',
  sweepFile: 'upkeep',
  alarmLetter: 'upkeep',
}

/** What Express tells of a router; its types do not say so yet. */
interface Listed {
  listRoutes(): { path: string | RegExp; methods?: string[]; router?: Listed }[]
}

function routesOf(router: Listed, at = ''): string[] {
  return router.listRoutes().flatMap(({ path, methods, router: mounted }) => {
    const full = `${at}${String(path)}`.replace(/\/{2,}/g, '/')
    if (mounted) return routesOf(mounted, full === '/' ? '' : full)
    return (methods ?? []).filter((method) => method !== 'HEAD').map((method) => `${method} ${full}`)
  })
}

function serverRoutes(production: boolean): string[] {
  const { parts } = site.world
  const config = { ...parts.config, production, filesUrl: 'https://files.example' }
  const dispatch = () => Promise.reject(new Error('Nobody asks here'))
  const bus = createBus(parts)
  const figures = createFigures(parts, bus.state)
  const app = createHttpServer({ ...parts, config }, dispatch, { isDraining: false }, bus, figures)
  return routesOf(app.router as unknown as Listed)
}

describe('every route', () => {
  it('is on the list of rules', () => {
    const found = serverRoutes(true)
    expect(found.length).toBeGreaterThan(20)
    expect(found.sort()).toEqual(Object.keys(rules).sort())
  })

  it('beyond that list belongs to the demo, which production does not have', () => {
    const more = serverRoutes(false).filter((route) => !(route in rules))
    expect(more.length).toBeGreaterThan(10)
    for (const route of more) expect(route).toMatch(/^[A-Z]+ \/demo(\/|$)/)
  })

  const bodies: Record<string, object> = {
    'POST /api/v1/session/site': { siteId: marlow.siteId },
    'POST /api/v1/session/totp/confirm': { code: '123456' },
    'POST /api/v1/session/password': { current: marlow.password, next: 'another long sentence' },
  }

  function ask(route: string, headers: Record<string, string>): Promise<Response> {
    const [method = '', path = ''] = route.split(' ')
    return fetch(`${site.url}${path.replace(/[{}]/g, '').replace(/[:*](\w+)/g, 'x-$1')}`, {
      method,
      redirect: 'manual',
      headers: { ...headers, ...(method === 'GET' ? {} : { 'content-type': 'application/json' }) },
      ...(method === 'GET' || method === 'DELETE' ? {} : { body: JSON.stringify(bodies[route] ?? {}) }),
    })
  }
  const under = (...wanted: Rule[]) =>
    Object.keys(rules).filter((route) => wanted.includes(rules[route] as Rule))

  it.each(under('session', 'actor'))('%s asks who is there', async (route) => {
    const response = await ask(route, { origin: site.url, 'parley-csrf': '1' })
    expect(response.status).toBe(401)
    expect(response.headers.get('cache-control')).toBe('no-store')
  })

  it.each(under('session', 'own pages', 'actor').filter((route) => !route.startsWith('GET ')))(
    '%s takes nothing on the strength of the cookie from a foreign page',
    async (route) => {
      const cookie = await site.cookie('nils')
      for (const headers of [
        { cookie },
        { cookie, origin: site.url },
        { cookie, 'parley-csrf': '1' },
        { cookie, origin: 'https://elsewhere.example', 'parley-csrf': '1' },
        { cookie, origin: site.url, 'parley-csrf': '1', 'sec-fetch-site': 'cross-site' },
      ])
        expect((await ask(route, headers)).status).toBe(403)
    },
  )

  it.each(under('open', 'metrics'))('%s changes nothing', (route) => {
    expect(route).toMatch(/^GET /)
  })
})

describe('every export', () => {
  it('is on the list, with its action', () => {
    const found = Object.keys(rules).filter((route) => route.endsWith('/export'))
    expect(found.sort()).toEqual(Object.keys(exports).sort())
  })

  it.each(Object.entries(exports))('%s is for nobody without %s', async (route, action) => {
    const [, path = ''] = route.split(' ')
    const members = Object.values(everybody).filter(({ actor }) => actor.kind === 'member')
    const tried: boolean[] = []
    for (const { name, actor, headers } of members) {
      const response = await fetch(`${site.url}${path.replace(/:\w+/, 'absent')}`, { headers })
      await response.arrayBuffer()
      const may = permits(actor, action)
      tried.push(may)
      expect([name, response.status === 403]).toEqual([name, !may])
    }
    expect(new Set(tried)).toEqual(new Set([true, false]))
    for (const { name, headers } of [everybody.marta, everybody.anonymous])
      expect([name, (await fetch(`${site.url}${path}`, { headers })).status]).toEqual([name, 403])
  })
})

describe('every job', () => {
  const folder = join(import.meta.dirname, '..')
  const sources = readdirSync(folder, { recursive: true, encoding: 'utf8' })
    .filter((file) => file.endsWith('.ts') && !file.endsWith('.test.ts') && !file.startsWith('testing/'))
    .map((file) => readFileSync(join(folder, file), 'utf8'))
  const consts = new Map(
    sources.flatMap((source) =>
      [...source.matchAll(/\bconst (\w+) = '([^']+)'$/gm)].map(([, name = '', value = '']) => [name, value]),
    ),
  )

  it('is on the list, with what lets it go on', () => {
    const found = sources.flatMap((source) => {
      const own = new Map(
        [...source.matchAll(/\bconst (\w+) = '([^']+)'$/gm)].map(([, name = '', value]) => [name, value]),
      )
      return [...source.matchAll(/\btimers\.on\(\s*([^,\s]+),/g)].map(([, named = '']) =>
        named.startsWith("'") ? named.slice(1, -1) : (own.get(named) ?? consts.get(named) ?? named),
      )
    })
    expect(found.sort()).toEqual(Object.keys(jobs).sort())
  })

  it('that acts by itself has a line of its own, and finishes only what somebody may begin', () => {
    const system = { kind: 'system', siteId: marlow.siteId, rule: 'a job' } as const
    const people = Object.values(everybody)
    for (const [name, job] of Object.entries(jobs)) {
      if (job === 'upkeep') continue
      if ('bySystem' in job) expect([name, permits(system, job.bySystem)]).toEqual([name, true])
      else {
        expect([name, permits(system, job.finishes)]).toEqual([name, false])
        expect([name, people.some(({ actor }) => permits(actor, job.finishes))]).toEqual([name, true])
      }
    }
  })
})

describe('every name on the socket', () => {
  const heard: Record<`hint:${keyof ClientHints}`, true> = { 'hint:typing': true, 'hint:viewing': true }
  /** Socket.IO's own. */
  const ofTransport = new Set(['connection', 'connection_error', 'disconnect', 'error'])
  /** Only other nodes can send these: Socket.IO keeps them apart from what connections send. */
  const ofOtherNodes: Record<keyof BetweenNodes, true> = {
    revoked: true,
    committed: true,
    rowsMoved: true,
    siteChanged: true,
    rolloutsChanged: true,
    viewing: true,
  }

  const folder = join(import.meta.dirname, '../realtime')
  const sources = readdirSync(folder)
    .filter((file) => file.endsWith('.ts') && !file.endsWith('.test.ts'))
    .map((file) => readFileSync(join(folder, file), 'utf8'))
  const namesIn = (pattern: RegExp) => [
    ...new Set(sources.flatMap((source) => [...source.matchAll(pattern)].map((match) => match[1] ?? ''))),
  ]

  it('that the server sends is declared', () => {
    const names = namesIn(/\.emit\(\s*([^,)]+)/g)
    expect(names.length).toBeGreaterThan(5)
    for (const name of names) expect(Object.keys(emitted).map((declared) => `'${declared}'`)).toContain(name)
  })

  it('that the server listens to by itself is the transport’s own, or of another node', () => {
    const names = namesIn(/\b(?:socket|io|engine)\.on(?:ce)?\(\s*'([^']+)'/g)
    expect(names.length).toBeGreaterThan(2)
    for (const name of names) expect([...ofTransport, ...Object.keys(ofOtherNodes)]).toContain(name)
  })

  it('that is not declared is not heard, whatever its shape', async () => {
    const { elin, marta } = everybody
    const { conversationId } = await marta.person.ask('startConversation', {
      requestId: 'start-undeclared',
      with: { kind: 'vendor', vendorId: 'ven_kiln' },
      about: { order: { id: '48213' } },
      answers: { description: 'Hello' },
    })
    for (const { person } of [elin, marta]) person.open(conversationId)
    const socket = io(site.url, {
      path: '/socket',
      transports: ['websocket'],
      forceNew: true,
      auth: {
        kind: 'visitor',
        protocol: 1,
        siteKey: 'marlow',
        visitorToken: marta.headers.authorization?.slice(7),
      },
    })
    try {
      const ask = (name: string, wish: object) => socket.timeout(5_000).emitWithAck(name, wish)
      expect(await ask('followConversation', { conversationId })).toMatchObject({ ok: true })
      for (const name of ['hint:presence', 'hint:forget', 'hint:', 'event', 'head', 'welcome'])
        socket.emit(name, { conversationId, mode: 'viewing', isTyping: true })
      expect(await ask('event', { conversationId })).toMatchObject({ refusal: { reason: 'command.unknown' } })
      // What came before on the same connection would have been told before; typing may be lost, so it is repeated.
      const isTold = () => elin.person.frames.some(({ name }) => name === 'hint:typing')
      for (let times = 1; times <= 10 && !isTold(); times += 1) {
        socket.emit('hint:typing', { conversationId, isTyping: true })
        await waitFor(isTold, 300).catch(() => {})
      }
      const told = elin.person.frames.filter(({ name }) =>
        /^hint:(typing|viewing|presence|forget)$/.test(name),
      )
      expect(new Set(told.map(({ name }) => name))).toEqual(new Set(['hint:typing']))
      expect(Object.keys(heard)).toContain(told[0]?.name)
    } finally {
      socket.disconnect()
    }
  })
})

describe('every command', () => {
  const definitions = Object.entries(commands) as [CommandName, CommandDefinition][]

  it('names an action of the policy', () => {
    expect(definitions.length).toBeGreaterThan(40)
    for (const [name, { action }] of definitions)
      expect([name, Object.keys(policy)]).toEqual([name, expect.arrayContaining([action])])
  })

  it('names its conversation when the policy weighs it against one, and only then', () => {
    for (const [name, { on, input }] of definitions) {
      const parsed = input.safeParse({ ...wishes[name](nothing), conversationId: '' })
      const isOfConversation =
        !parsed.success && parsed.error.issues.some(({ path }) => path[0] === 'conversationId')
      if (name !== 'unfollowConversation')
        expect([name, isOfConversation]).toEqual([name, on === 'conversation'])
    }
  })

  // Who ends their visit or replaces the key of the site cannot be asked afterwards.
  const last = new Set<CommandName>(['endVisit', 'replaceSiteKey'])
  const inOrder = [...commandNames.filter((name) => !last.has(name)), ...last]

  it.each(inOrder)('%s is answered by something for whoever may ask', async (name) => {
    const { ines, omar, anonymous, elin } = everybody
    const asker = [ines, omar, anonymous, elin].find(({ actor }) => permits(actor, commands[name].action))
    if (!asker) throw new Error(`Nobody may ask for ${name}`)
    const outcome = await asker.bySocket(name, wishes[name](nothing))
    expect(outcome).not.toMatchObject({ refusal: { reason: 'command.unknown' } })
    expect(outcome).not.toMatchObject({ refusal: { code: 'internal' } })
    expect(outcome).not.toMatchObject({ refusal: { code: 'unavailable', reason: 'offline' } })
    if (commands[name].on === 'conversation')
      expect(outcome).toEqual({ ok: false, refusal: { code: 'notFound' } })
  })

  /** What has to have happened before they can be answered is driven with such a past, by everybody. */
  const withPast: readonly CommandName[] = namesOfPasts.site

  it('is answered as the description of the API says, also about what is there', async () => {
    const { ines, elin } = everybody
    const there = {
      ...nothing,
      memberId: 'mem_jonas',
      vendorId: 'ven_kiln',
      queueId: 'que_payments',
      triggerId: 'trg_return',
      kid: 'demo-1',
      keyId: (await ines.person.ask('listApiKeys', {})).keys[0]?.keyId ?? '',
      contactId: 'con_marta',
      webhookId: (await ines.person.ask('createWebhook', wishes.createWebhook(nothing))).webhook.webhookId,
      cannedReplyId: (await ines.person.ask('listCannedReplies', {})).replies[0]?.cannedReplyId ?? '',
    }
    const left = commandNames.filter((name) => commands[name].on === 'site' && !describedSoFar.has(name))
    for (const name of left)
      for (const { actor, bySocket } of [ines, elin])
        if (permits(actor, commands[name].action) && !withPast.includes(name))
          await bySocket(name, wishes[name](there))
    const undescribed = left.filter((name) => !describedSoFar.has(name))
    expect(undescribed.sort()).toEqual(withPast)
  })

  it('is needed: any other name is answered by nothing, by socket as by HTTP', async () => {
    for (const name of ['approveVendor', 'constructor', '__proto__', 'toString'])
      for (const way of ['bySocket', 'byHttp'] as const)
        expect(await everybody.daniel[way](name as CommandName, {})).toMatchObject({
          ok: false,
          refusal: { code: 'notFound', reason: 'command.unknown' },
        })
  })
})

it('every frame that anybody received meanwhile is declared', () => {
  const received = new Set(
    Object.values(everybody).flatMap(({ person }) => person.frames.map(({ name }) => name)),
  )
  expect([...received]).toContain('welcome')
  for (const name of received) expect(Object.keys(emitted)).toContain(name)
})
