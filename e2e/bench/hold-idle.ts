import type { Socket } from 'socket.io-client'
import { connect, inTurns } from './gather.ts'

const held: Socket[] = []

/** More people who are connected and do nothing; several local addresses, so that ports do not run short. */
export async function holdIdle(wanted: {
  url: string
  count: number
  auth: object
  from: string[]
}): Promise<void> {
  const numbers = Array.from({ length: wanted.count }, (_, number) => number)
  held.push(
    ...(await inTurns(numbers, async (number) =>
      connect(wanted.url, wanted.auth, wanted.from[number % wanted.from.length]),
    )),
  )
}
