import { commandNames } from '@parley/shared/protocol/commands.ts'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { type Marlow, startMarlow } from '../testing/marlow.ts'

const word = 'a-word-for-the-monitoring'

describe('what monitoring and programs ask for', () => {
  let site: Marlow
  beforeAll(async () => {
    site = await startMarlow('postgres', { METRICS_TOKEN: word })
  })
  afterAll(() => site?.close())

  it('says that it lives and is ready, and that no answer may be kept', async () => {
    for (const [path, said] of [
      ['/healthz', { status: 'alive' }],
      ['/readyz', { status: 'ready', redis: 'off' }],
    ] as const) {
      const answer = await fetch(`${site.url}${path}`)
      expect(answer.status).toBe(200)
      expect(answer.headers.get('cache-control')).toBe('no-store')
      expect(await answer.json()).toEqual(said)
    }
  })

  it('opens its figures to who has the word, and is not there for anybody else', async () => {
    const ask = (authorization?: string) =>
      fetch(`${site.url}/metrics`, authorization ? { headers: { authorization } } : {})
    for (const wrong of [undefined, 'Bearer', 'Bearer another-word-of-length', word])
      expect((await ask(wrong)).status).toBe(404)
    const figures = await ask(`Bearer ${word}`)
    expect(figures.headers.get('content-type')).toMatch(/^text\/plain.*version=/)
    expect(await figures.text()).toMatch(/^process_resident_memory_bytes \d+$/m)
  })

  it('describes every command for programs, in a document in which every reference leads somewhere', async () => {
    const text = await (await fetch(`${site.url}/api/v1/openapi.json`)).text()
    const api = JSON.parse(text)
    expect(api.openapi).toBe('3.1.0')
    expect(Object.keys(api.paths).sort()).toEqual(
      commandNames.map((name) => `/api/v1/commands/${name}`).sort(),
    )
    for (const [, to] of text.matchAll(/"\$ref":"#\/([^"]+)"/g)) {
      const found = (to ?? '').split('/').reduce((place, step) => place?.[step], api)
      expect(found, to).toBeDefined()
    }
    const sending = api.paths['/api/v1/commands/sendMessage'].post
    const shape = sending.requestBody.content['application/json'].schema
    expect(Object.keys(shape.properties)).toEqual(
      expect.arrayContaining(['requestId', 'conversationId', 'text']),
    )
    expect(shape.additionalProperties).toBe(false)
    const answer = sending.responses[200].content['application/json'].schema
    expect(answer.required).toEqual(['conversationId', 'position', 'at', 'messageId'])
    for (const [path, { post }] of Object.entries<typeof api>(api.paths)) {
      const { schema } = post.responses[200].content['application/json']
      expect([path, Object.keys(schema).length]).not.toEqual([path, 0])
      expect(post.responses.default.content['application/problem+json'].schema.$ref).toMatch(/Problem$/)
    }
    expect(Object.keys(sending.responses.default.content)).toEqual(['application/problem+json'])
  })
})
