import { nothing, type Things, wishes } from '@parley/server/src/testing/wishes.ts'
import type { Outcome } from '@parley/shared/protocol/answers.ts'
import { type CommandName, commands } from '@parley/shared/protocol/commands.ts'
import type { Socket } from 'socket.io-client'
import { type Figure, figure, tell } from './figures.ts'
import { fillConversations } from './fill-conversations.ts'
import { connect } from './gather.ts'
import { median } from './quantiles.ts'
import { type Engine, startServer } from './servers.ts'

const conversations = 100_000
const times = 5
const roles = ['admin', 'csr', 'vendor'] as const
/** What is told by itself: people wait for an answer that takes longer than this. */
const slowMs = 100

/** One of each, all of one real chat with a vendor that has many. */
const things: Things = {
  ...nothing,
  conversationId: 'cnv_model-vendor',
  messageId: 'msg_cnv_model-vendor_2',
  memberId: 'mem_bench_vendor_0',
  vendorId: 'ven_bench_0',
  queueId: 'que_support',
  contactId: 'con_bench_0',
}

/** What a page of a vendor's product asks before anybody has written. */
const onProductPage = { about: { product: { id: 'prd_bench', vendorId: things.vendorId } } }

/** Every command that only reads, as each kind of person may ask it, with a hundred thousand conversations behind it. */
export async function measureReads(engines: readonly Engine[]): Promise<Figure[]> {
  const figures: Figure[] = []
  for (const engine of engines) {
    const { server, prepared } = await startServer(engine, async (marketplace) => {
      await fillConversations(marketplace, conversations)
      const cookies = roles.map((role) => {
        const member = marketplace.members.find((candidate) => candidate.role === role)
        if (!member) throw new Error(`Nobody is ${role}.`)
        return { role, cookie: marketplace.cookieOf(member) }
      })
      return { cookies, auth: marketplace.authOf(await marketplace.customer(1)) }
    })
    const socket = await connect(server.url, prepared.auth)
    try {
      const answered: { what: string; ms: number }[] = []
      for (const name of Object.keys(commands) as CommandName[]) {
        if (!('isRead' in commands[name])) continue
        const wish = name === 'describeChoices' ? onProductPage : wishes[name](things)
        const askers = [
          { role: 'customer', ask: () => askBySocket(socket, name, wish) },
          ...prepared.cookies.map(({ role, cookie }) => ({
            role,
            ask: () => askByHttp(server.url, cookie, name, wish),
          })),
        ]
        for (const { role, ask } of askers) {
          const ms = await timeOf(ask)
          if (ms !== undefined) answered.push({ what: `${name} by ${role}`, ms })
        }
      }
      const choices = answered.find(({ what }) => what === 'describeChoices by customer')
      answered.sort((one, other) => other.ms - one.ms)
      const slow = answered.filter(({ ms }) => ms > slowMs)
      tell(`reads: ${engine}, ${answered.length} asked, ${slow.length} slower than ${slowMs} ms`)
      for (const { what, ms } of answered.slice(0, Math.max(10, slow.length)))
        tell(`reads: ${engine} ${what}, ${ms.toFixed(0)} ms`)
      figures.push(
        figure(`reads100k.${engine}.slowestMs`, answered[0]?.ms ?? 0, { unit: 'ms', better: 'lower' }),
        figure(`reads100k.${engine}.choicesMs`, choices?.ms ?? 0, { unit: 'ms', better: 'lower' }),
        figure(`reads100k.${engine}.overHundredMs`, slow.length, { unit: 'count', better: 'lower' }),
      )
    } finally {
      socket.disconnect()
      await server.stop()
    }
  }
  return figures
}

/** Nothing where it is not theirs to ask, or not there. A read that was not answered in time ends the measurement. */
async function timeOf(ask: () => Promise<boolean>): Promise<number | undefined> {
  const taken: number[] = []
  for (let time = 0; time < times; time += 1) {
    const from = performance.now()
    if (!(await ask())) return undefined
    taken.push(performance.now() - from)
  }
  return median(taken)
}

async function askByHttp(url: string, cookie: string, name: string, wish: object): Promise<boolean> {
  const response = await fetch(`${url}/api/v1/commands/${name}`, {
    method: 'POST',
    headers: {
      cookie,
      'content-type': 'application/json',
      'sec-fetch-site': 'same-origin',
      'parley-csrf': '1',
    },
    body: JSON.stringify(wish),
  })
  const said = await response.text()
  if (response.status === 429 || response.status >= 500) throw new Error(`${name} was refused: ${said}`)
  return response.ok
}

async function askBySocket(socket: Socket, name: string, wish: object): Promise<boolean> {
  const outcome: Outcome<unknown> = await socket.timeout(30_000).emitWithAck(name, wish)
  if (!outcome.ok && ['rateLimited', 'unavailable', 'internal'].includes(outcome.refusal.code))
    throw new Error(`${name} was refused: ${JSON.stringify(outcome.refusal)}`)
  return outcome.ok
}
