import { type OutboundRules, type OutboundWish, type Resolve, reach } from './reach.ts'

/** All that is kept of an answer; what it says stays unread. */
export interface Answered {
  status: number
}

/** Read to let the other side end in peace, and thrown away. */
const mostBodyBytes = 1_024

/** To an address that a person of a site gave: of the answer only the status is looked at. */
export async function post(
  rules: OutboundRules,
  wish: Omit<OutboundWish, 'method' | 'body'> & { body: string },
  resolve?: Resolve,
): Promise<Answered> {
  const response = await reach(rules, { ...wish, method: 'POST' }, resolve)
  let bytes = 0
  response.on('data', (chunk: Buffer) => {
    bytes += chunk.length
    if (bytes > mostBodyBytes) response.destroy()
  })
  response.on('error', () => {})
  return { status: response.statusCode ?? 0 }
}
