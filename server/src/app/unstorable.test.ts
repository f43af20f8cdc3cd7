import { type CommandName, commandNames, commands } from '@parley/shared/protocol/commands.ts'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { type Marlow, type Person, startMarlow } from '../testing/marlow.ts'
import { waitFor } from '../testing/wait-for.ts'
import { nothing, wishes } from '../testing/wishes.ts'

/** PostgreSQL takes neither: U+0000 is an error in the middle of a transaction, half a pair is silently changed. */
const unstorable = { 'U+0000': 'a\u0000b', 'half a surrogate pair': 'a\uD83D b', 'the other half': '\uDE00' }

/** What the example wishes leave out. */
const more: Partial<Record<CommandName, object>> = {
  describeChoices: { about: fullAbout() },
  startConversation: { about: fullAbout(), text: 'text', locale: 'en', timeZone: 'Europe/Lisbon' },
  rateConversation: { words: 'words' },
  requestTranscript: { email: 'omar@post.example' },
  listInbox: { search: 'search', cursor: 'cursor', queueId: 'que_support', topicId: 'order' },
  createIdentityKey: { algorithm: 'EdDSA', publicKey: 'key' },
}

function fullAbout() {
  return {
    page: { url: 'https://marlow.example/lamp', title: 'Lamp' },
    product: { id: 'lamp', name: 'Lamp', price: '128 €', image: '/lamp.jpg', vendorId: 'ven_lumen' },
    order: { id: '47950', label: 'Order', image: '/order.jpg', vendorId: 'ven_lumen' },
    intent: 'refund',
  }
}

/** The wish once for each text in it, with that text replaced; by the path of the text. */
function* spoiled(wish: unknown, bad: string, path: readonly string[] = []): Iterable<[string, unknown]> {
  if (typeof wish === 'string') {
    yield [path.join('.'), bad]
    yield [path.join('.'), wish + bad]
  } else if (wish !== null && typeof wish === 'object')
    for (const [key, value] of Object.entries(wish))
      for (const [at, changed] of spoiled(value, bad, [...path, key]))
        yield [
          at,
          Array.isArray(wish)
            ? wish.map((kept, index) => (String(index) === key ? changed : kept))
            : { ...wish, [key]: changed },
        ]
}

describe('a text that cannot be stored', () => {
  let site: Marlow
  let people: Person[]
  beforeAll(async () => {
    site = await startMarlow('postgres', { RATE_LIMIT_FACTOR: '1000000' })
    people = [await site.visitor(), await site.buyer('omar'), await site.member('ines')]
    // That a member is here is stored a moment after the greeting.
    const { database } = site.world.parts
    await waitFor(async () => (await database.query('select from member_presence')).length === 1)
  })
  afterAll(() => site?.close())

  async function stored(): Promise<string> {
    const tables = await site.world.parts.database.query<{ name: string; rows: string }>(
      `select table_name as name, (xpath('/row/c/text()', query_to_xml(
         'select count(*) as c from ' || quote_ident(table_name), false, true, '')))[1]::text as rows
       from information_schema.tables where table_schema = 'public' order by table_name`,
    )
    return JSON.stringify(tables)
  }

  it.each(commandNames)('is refused in every field of %s, and nothing is stored', async (name) => {
    const wish = { ...wishes[name](nothing), ...more[name] }
    expect(commands[name].input.safeParse(wish).success).toBe(true)
    const before = await stored()
    for (const [kind, bad] of Object.entries(unstorable))
      for (const [path, changed] of spoiled(wish, bad))
        for (const person of people) {
          const outcome = await person.connection.ask(name, changed as never)
          expect({ path, kind, outcome }).toMatchObject({
            outcome: {
              ok: false,
              refusal: { code: expect.stringMatching(/^(invalid|notAllowed|notFound)$/) },
            },
          })
        }
    expect(await stored()).toBe(before)
  })

  it('is refused in a hello', async () => {
    for (const bad of Object.values(unstorable))
      for (const hello of [{ siteKey: bad }, { visitorToken: bad }, { identityToken: bad }])
        await expect(site.visitor(hello), JSON.stringify(hello)).rejects.toMatchObject({
          refusal: { code: expect.stringMatching(/^(invalid|notAllowed)$/) },
        })
    const odd = await site.visitor({ locale: 'a\u0000', timeZone: '\uD83D' })
    expect(odd.connection.state).toBe('online')
  })

  it('is refused where members sign in, and in a widget’s address', async () => {
    for (const bad of Object.values(unstorable)) {
      const response = await fetch(`${site.url}/api/v1/session`, {
        method: 'POST',
        headers: { 'content-type': 'application/json', origin: site.url, 'parley-csrf': '1' },
        body: JSON.stringify({ email: `${bad}@marlow.example`, password: bad }),
      })
      expect([401, 422]).toContain(response.status)
    }
    for (const [path, absent] of [
      ['/w/%00.js', '/w/nowhere.js'],
      ['/w/%00/panel', '/w/nowhere/panel'],
      ['/w/%00/leave', '/w/nowhere/leave'],
      ['/api/v1/files/%00', '/api/v1/files/fil_absent'],
    ] as const) {
      const [odd, other] = [await fetch(site.url + path), await fetch(site.url + absent)]
      expect([path, odd.status, await odd.text()]).toEqual([path, other.status, await other.text()])
    }
  })
})
