import type { Auth, WireSocket } from '@parley/shared/client/socket.ts'
import { Manager, WebSocket } from 'socket.io-client'

/** The official client, trimmed to its WebSocket half; polling is fetched only where WebSocket cannot get through. */
export function openSocket(auth: Auth): WireSocket {
  const manager = new Manager({
    transports: [WebSocket],
    reconnectionDelay: 500,
    reconnectionDelayMax: 8_000,
    timeout: 10_000,
  })
  const socket = manager.socket('/', { auth })
  let failures = 0
  let wasOpen = false
  manager.on('open', () => {
    wasOpen = true
  })
  manager.on('error', () => {
    failures += 1
    if (wasOpen || failures !== 2) return
    void import('./polling.ts').then(
      ({ Polling }) => {
        manager.opts.transports = [Polling, WebSocket]
      },
      () => {},
    )
  })
  return socket as unknown as WireSocket
}
