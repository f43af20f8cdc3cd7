import { NotReached, type OutboundRules, type OutboundWish, type Resolve, reach } from './reach.ts'

/** The keys and claims of a provider, and a range of leaked passwords, are a fraction of it. */
const mostBodyBytes = 262_144

/** An answer that is read, as `fetch` would give it; what is too long is cut, not kept. */
export async function fetchAnswer(
  rules: OutboundRules,
  wish: OutboundWish,
  resolve?: Resolve,
): Promise<Response> {
  const answer = await reach(rules, wish, resolve)
  const chunks: Buffer[] = []
  let bytes = 0
  try {
    for await (const chunk of answer as AsyncIterable<Buffer>) {
      bytes += chunk.length
      if (bytes > mostBodyBytes) throw new NotReached('cut')
      chunks.push(chunk)
    }
  } catch {
    throw new NotReached('cut')
  }
  const status = answer.statusCode ?? 0
  const headers = new Headers()
  for (const [name, value] of Object.entries(answer.headersDistinct))
    for (const one of value ?? []) headers.append(name, one)
  const hasBody = status >= 200 && ![204, 205, 304].includes(status)
  return new Response(hasBody ? Buffer.concat(chunks) : null, { status, headers })
}
