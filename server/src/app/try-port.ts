import { once } from 'node:events'
import { createServer } from 'node:net'

/** Fails as listening would. Asked before anything is opened: a start that cannot succeed leaves no trace. */
export async function tryPort(port: number, host: string): Promise<void> {
  if (port === 0) return
  const server = createServer().listen({ port, host, exclusive: true })
  await once(server, 'listening')
  server.close()
  await once(server, 'close')
}
