import { type Driver, startDriver } from '../bench/driver.ts'
import type { Party, Sending, Sent } from '../bench/driver-protocol.ts'

/** Customers on one node, who answers on the next: each message crosses nodes where there are several. */
export function spread(party: Party, urls: readonly string[]): Party {
  const at = (number: number) => urls[number % urls.length] ?? party.url
  return {
    url: party.url,
    customers: party.customers.map((customer, number) => ({ ...customer, url: at(number) })),
    members: party.members.map((member, number) => ({ ...member, url: at(number + 1) })),
  }
}

/** Clients in a process of their own for as long as they are needed. */
export async function withClients<Result>(
  party: Party,
  work: (driver: Driver) => Promise<Result>,
): Promise<Result> {
  const driver = await startDriver()
  try {
    await driver.gather(party)
    return await work(driver)
  } finally {
    await driver.stop()
  }
}

export interface Costed extends Sent {
  cpuUs: number
}

export async function sendAndCost(
  driver: Pick<Driver, 'send'>,
  cpuMs: () => number,
  sending: Sending,
): Promise<Costed> {
  const before = cpuMs()
  const sent = await driver.send(sending)
  return { ...sent, cpuUs: ((cpuMs() - before) * 1_000) / Math.max(1, sent.delivered) }
}

const restingMsPerSecond = 150
const restWithinSeconds = 40

/** What full speed has left behind, as tones to be read, is done first: it is not part of the next rate. */
export async function untilRested(cpuMs: () => number): Promise<void> {
  for (let second = 0; second < restWithinSeconds; second += 1) {
    const before = cpuMs()
    await new Promise((next) => setTimeout(next, 1_000))
    if (cpuMs() - before < restingMsPerSecond) return
  }
}
