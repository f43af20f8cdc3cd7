import { Agent as HttpAgent } from 'node:http'
import { Agent as HttpsAgent } from 'node:https'
import { connect } from 'node:net'
import { connect as connectSecurely } from 'node:tls'

/** Connections meant for `url` go to a port of this machine instead; names, certificates and headers stay the server's. */
export function tunnelThrough(url: URL, port: number): HttpAgent {
  if (url.protocol === 'http:') {
    const agent = new HttpAgent()
    return Object.assign(agent, { createConnection: () => connect(port, '127.0.0.1') })
  }
  return Object.assign(new HttpsAgent(), {
    createConnection: () => connectSecurely({ host: '127.0.0.1', port, servername: url.hostname }),
  })
}
