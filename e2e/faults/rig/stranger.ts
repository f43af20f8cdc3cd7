import { marlow } from '@parley/server/src/demo/cast.ts'
import { openRawSocket, type RawSocket } from '@parley/server/src/testing/raw-socket.ts'
import { protocolVersion } from '@parley/shared/protocol/version.ts'
import { until } from './until.ts'

const helloMs = 20_000

/** A connection that was let in as a stranger's and from now on says whatever it likes. */
export async function openStranger(port: number, from?: string): Promise<RawSocket> {
  const socket = await openRawSocket(`http://127.0.0.1:${port}`, from === undefined ? {} : { from })
  const hello = { kind: 'visitor', protocol: protocolVersion, siteKey: marlow.siteKey }
  socket.send(`40${JSON.stringify(hello)}`)
  const isIn = () => socket.isClosed || socket.texts.some((text) => text.startsWith('42["welcome"'))
  if ((await until(isIn, helloMs)) === undefined || socket.isClosed) {
    socket.close()
    throw new Error('A stranger was not let in.')
  }
  return socket
}
