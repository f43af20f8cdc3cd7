import type { Socket } from 'socket.io-client'
import { createChance } from './chance.ts'
import type { Sending, Sent } from './driver-protocol.ts'
import type { Gathering } from './gather.ts'
import { quantile } from './quantiles.ts'
import { textFrom } from './texts.ts'

/** Compilers and caches warm up before the time that counts. */
const warmShare = 0.2
const settleMs = 5_000
const tickMs = 1

interface Message {
  sentAt: number
  ackedAt: number
  deliveredAt: number
  arrivals: number
}

let round = 0

/** Customers send, members receive; every message is watched until it is acknowledged and has arrived. */
export async function sendFor({ customers: all, members }: Gathering, options: Sending): Promise<Sent> {
  const customers = options.only ? all.slice(...options.only) : all
  round += 1
  const prefix = `round-${process.pid}-${round}`
  const chance = createChance(options.seed)
  const texts = Array.from({ length: 64 }, () => textFrom(chance))
  const messages: Message[] = []
  const open = new Map<string, Message>()
  const startedAt = performance.now()
  const countedFrom = startedAt + options.seconds * 1_000 * warmShare
  const endsAt = startedAt + options.seconds * 1_000
  const cpu = process.cpuUsage()
  const refusals: number[] = []
  let refused: unknown
  let outstanding = 0
  let sent = 0

  function send(socket: Socket, conversationId: string, again: boolean): void {
    const message = { sentAt: performance.now(), ackedAt: 0, deliveredAt: 0, arrivals: 0 }
    sent += 1
    const requestId = `${prefix}-${sent}`
    const text = texts[sent % texts.length]
    messages.push(message)
    open.set(requestId, message)
    outstanding += 1
    socket.emit('sendMessage', { conversationId, requestId, text }, (outcome: { ok: boolean }) => {
      const answeredAt = performance.now()
      outstanding -= 1
      if (!outcome.ok && options.mayRefuse) {
        refusals.push(answeredAt - message.sentAt)
        messages.splice(messages.indexOf(message), 1)
        return
      }
      message.ackedAt = answeredAt
      if (!outcome.ok) refused ??= outcome
      else if (again && message.ackedAt < endsAt) send(socket, conversationId, again)
    })
  }

  const arrived = (event: { requestId?: string }) => {
    const message = open.get(event.requestId ?? '')
    if (!message) return
    message.arrivals += 1
    message.deliveredAt ||= performance.now()
  }
  for (const member of members) member.on('event', arrived)
  try {
    if (options.ratePerSecond === null)
      for (const { socket, conversationId } of customers) send(socket, conversationId, true)
    else await sendEvenly(customers, options.ratePerSecond, endsAt, send)
    const isDone = () =>
      performance.now() > endsAt && outstanding === 0 && messages.every((message) => message.arrivals > 0)
    const lastAt = endsAt + settleMs
    while (!isDone() && performance.now() < lastAt) await new Promise((next) => setTimeout(next, 50))
  } finally {
    for (const member of members) member.off('event', arrived)
  }
  if (refused) throw new Error(`A message was refused: ${JSON.stringify(refused)}`)

  const { user, system } = process.cpuUsage(cpu)
  const counted = messages.filter(
    ({ ackedAt, deliveredAt }) =>
      Math.min(ackedAt, deliveredAt) > 0 &&
      Math.max(ackedAt, deliveredAt) >= countedFrom &&
      Math.max(ackedAt, deliveredAt) < endsAt,
  )
  const waits = counted.map(({ sentAt, ackedAt }) => ackedAt - sentAt)
  const ways = counted.map(({ sentAt, deliveredAt }) => deliveredAt - sentAt)
  const of = (values: readonly number[], share: number) => (values.length === 0 ? 0 : quantile(values, share))
  return {
    perSecond: counted.length / ((endsAt - countedFrom) / 1_000),
    delivered: messages.filter(({ arrivals }) => arrivals > 0).length,
    lost: messages.filter(({ ackedAt, arrivals }) => ackedAt === 0 || arrivals === 0).length,
    doubled: messages.filter(({ arrivals }) => arrivals > 1).length,
    ackP50Ms: quantile(waits, 0.5),
    ackP95Ms: quantile(waits, 0.95),
    ackP99Ms: quantile(waits, 0.99),
    deliveredP50Ms: quantile(ways, 0.5),
    deliveredP95Ms: quantile(ways, 0.95),
    deliveredP99Ms: quantile(ways, 0.99),
    refused: refusals.length,
    refusedP99Ms: of(refusals, 0.99),
    clientLoad: (user + system) / 1_000 / (performance.now() - startedAt),
  }
}

async function sendEvenly(
  customers: Gathering['customers'],
  ratePerSecond: number,
  endsAt: number,
  send: (socket: Socket, conversationId: string, again: boolean) => void,
): Promise<void> {
  const startedAt = performance.now()
  let sent = 0
  for (let now = startedAt; now < endsAt; now = performance.now()) {
    for (const due = ((now - startedAt) / 1_000) * ratePerSecond; sent < due; sent += 1) {
      const customer = customers[sent % customers.length]
      if (customer) send(customer.socket, customer.conversationId, false)
    }
    await new Promise((next) => setTimeout(next, tickMs))
  }
}
