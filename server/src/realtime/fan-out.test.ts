import { once } from 'node:events'
import { createServer } from 'node:http'
import type { AddressInfo } from 'node:net'
import type { InboxRow } from '@parley/shared/protocol/reading.ts'
import { Server } from 'socket.io'
import { io as connect } from 'socket.io-client'
import { afterAll, beforeAll, expect, it } from 'vitest'
import { givenBuyer, givenTestSite, openLog, say, siteId, start } from '../testing/given-conversation.ts'
import { createSiteWorld, type SiteWorld } from '../testing/site-world.ts'
import { waitFor } from '../testing/wait-for.ts'
import { createFanOut } from './fan-out.ts'
import { rooms } from './rooms.ts'
import type { ParleyServer, Row } from './socket-types.ts'
import { createWeighed } from './weighed.ts'

let world: SiteWorld
let io: ParleyServer
let url: string

beforeAll(async () => {
  world = await createSiteWorld('embedded')
  await givenTestSite(world.parts)
  const http = createServer().listen(0, '127.0.0.1')
  await once(http, 'listening')
  io = new Server(http)
  io.on('connection', (socket) => socket.join(rooms.overview(siteId)))
  url = `http://127.0.0.1:${(http.address() as AddressInfo).port}`
})
afterAll(async () => {
  await io?.close()
  await world?.close()
})

it('tells the rows of all that moved at once a few at a time, each once and as it is last', async () => {
  const log = openLog(world.parts)
  const marta = await givenBuyer(world.parts, 'Marta')
  const ids = Array.from({ length: 40 }, (_, at) => `cnv_row_${at}`)
  for (const id of ids) await start(log, marta, id)

  const client = connect(url, { transports: ['websocket'], reconnection: false })
  const heard: InboxRow[] = []
  client.on('hint:inbox', (row: InboxRow) => heard.push(row))
  await once(client as never, 'connect')
  const told: number[] = []
  const fanOut = createFanOut(
    io,
    (name, ...values) => {
      if (name === 'rowsMoved') told.push((values[0] as Row[]).length)
    },
    { of: async () => null },
    createWeighed(io),
    () => {},
  )
  log.onCommitted((commits) => fanOut.announce(commits))
  try {
    await Promise.all(
      ids.flatMap((id) => ['first', 'last'].map((text) => say(log, marta, id, `${text}-${id}`, text))),
    )
    await waitFor(() => heard.length >= ids.length)
    await new Promise((next) => setTimeout(next, 300))
    expect(heard.map(({ conversationId }) => conversationId).sort()).toEqual([...ids].sort())
    expect(new Set(heard.map(({ lastMessage }) => lastMessage?.text))).toEqual(new Set(['last']))
    expect(told).toEqual([16, 16, 8])
  } finally {
    fanOut.stop()
    client.disconnect()
  }
})
