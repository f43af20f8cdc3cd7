import { keyScopes } from '@parley/shared/policy/key-scopes.ts'
import { permits } from '@parley/shared/policy/policy.ts'
import type { Outcome } from '@parley/shared/protocol/answers.ts'
import { commands } from '@parley/shared/protocol/commands.ts'
import type { Refusal } from '@parley/shared/protocol/refusals.ts'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { openPostOffice, type PostOffice } from '../notify/post-office.ts'
import { type Asker, connectEverybody, memberOf } from '../testing/everybody.ts'
import { type Marlow, startMarlow } from '../testing/marlow.ts'
import { createPasts, type NameOfPast, namesOfPasts, type Past } from '../testing/pasts/index.ts'
import { openReceiver, type WebhookReceiver } from '../testing/webhook-receiver.ts'
import { nothing, wishes } from '../testing/wishes.ts'

let site: Marlow
let office: PostOffice
let receiver: WebhookReceiver
let askers: Map<string, Asker>
let pasts: Record<NameOfPast, Past>
let key: (command: NameOfPast, wish: object) => Promise<Outcome<unknown>>
beforeAll(async () => {
  ;[office, receiver] = await Promise.all([openPostOffice(), openReceiver()])
  site = await startMarlow('postgres', {
    RATE_LIMIT_FACTOR: '1000000',
    OUTBOUND_ALLOW: '127.0.0.1',
    SMTP_URL: `smtp://127.0.0.1:${office.port}`,
  })
  const everybody = await connectEverybody(site)
  const { ines } = everybody
  const wren = await memberOf(site, 'wren')
  askers = new Map([...Object.entries(everybody), ['wren', wren]])
  const { rules } = await ines.person.ask('viewVendorRules', {})
  await ines.person.ask('saveVendorRules', {
    requestId: 'open-applications',
    rules: { ...rules, applications: { ...rules.applications, isOpen: true } },
  })
  const { secret } = await ines.person.ask('createApiKey', {
    requestId: 'a-key-for-everything',
    name: 'Catalogue',
    scopes: [...keyScopes],
  })
  key = async (command, wish) => {
    const response = await fetch(`${site.url}/api/v1/commands/${command}`, {
      method: 'POST',
      headers: { 'content-type': 'application/json', authorization: `Bearer ${secret}` },
      body: JSON.stringify(wish),
    })
    const body: unknown = await response.json()
    return response.ok ? { ok: true, value: body } : { ok: false, refusal: body as Refusal }
  }
  pasts = createPasts({ site, everybody, wren, receiver })
})
afterAll(async () => {
  await site?.close()
  await office?.close()
  await receiver?.close()
})

const ways = ['bySocket', 'byHttp'] as const
function ask(who: string, way: (typeof ways)[number], command: NameOfPast, wish: object) {
  if (who === 'key') return key(command, wish)
  const asker = askers.get(who)
  if (!asker) throw new Error(`Nobody is called ${who}`)
  return asker[way](command, wish)
}
/** Both, or in turns: the ways meet in one dispatch, so that of several people each goes one of them. */
function waysOf(who: string, turn?: number): readonly (typeof ways)[number][] {
  if (who === 'key') return ['byHttp']
  return turn === undefined ? ways : [ways[turn % 2] ?? 'byHttp']
}
const askerNamed = (who: string) => askers.get(who) ?? (askers.get('ines') as Asker)

/** Who has a past of their own before them has it alone: what is another's is another's. */
const mayAsk = ({ by, isOwn }: Past) => (isOwn ? by.slice(0, 1) : by)

describe.each([...namesOfPasts.conversation, ...namesOfPasts.site])('%s, where it can be done', (name) => {
  it('is done by whoever has the right, by socket and by HTTP', async () => {
    const { by, make } = pasts[name]
    for (const [index, who] of by.entries())
      for (const way of waysOf(who, by.length === 1 ? undefined : index)) {
        const outcome = await ask(who, way, name, await make(askerNamed(who)))
        expect([who, way, outcome]).toMatchObject([who, way, { ok: true }])
      }
  }, 60_000)

  it('is refused to everybody else, as if it could not be, and stays to be done', async () => {
    const past = pasts[name]
    const [first = ''] = past.by
    const may = mayAsk(past)
    const wish = await past.make(askerNamed(first))
    for (const who of [...askers.keys(), 'key'].filter((who) => !may.includes(who as never)))
      for (const way of waysOf(who)) {
        const again = 'requestId' in wish ? { ...wish, requestId: `${name}-${who}-${way}` } : wish
        const outcome = await ask(who, way, name, again)
        const told = `${who} ${way}`
        expect([told, outcome]).toMatchObject([
          told,
          { ok: false, refusal: { code: expect.stringMatching(/^(notAllowed|notFound|conflict)$/) } },
        ])
        const actor = askers.get(who)?.actor
        const isOfTheSite = actor?.siteId === askers.get('ines')?.actor.siteId
        // Who has no line learns no more than that; of another site not even whether there is anything.
        if (actor && !permits(actor, commands[name].action))
          expect([told, outcome]).toMatchObject([told, { refusal: { code: 'notAllowed' } }])
        else if (actor && !isOfTheSite)
          expect([told, outcome]).toEqual([told, await ask(who, way, name, wishes[name](nothing))])
      }
    expect([first, await ask(first, 'bySocket', name, wish)]).toMatchObject([first, { ok: true }])
  }, 60_000)
})
