import { permits, permitsOn } from '@parley/shared/policy/policy.ts'
import type { CommandName } from '@parley/shared/protocol/commands.ts'
import { type CommandDefinition, commandNames, commands } from '@parley/shared/protocol/commands.ts'
import type { SentFile } from '@parley/shared/protocol/events.ts'
import { SignJWT } from 'jose'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import type { z } from 'zod'
import { testClock } from '../clock.ts'
import { marlow, staff } from '../demo/cast.ts'
import { picture } from '../files/samples.ts'
import { recogniseVisitor } from '../identity/index.ts'
import { type Asker, connectEverybody, type Everybody } from '../testing/everybody.ts'
import { createKinds, type Given, kinds } from '../testing/given-kinds.ts'
import { type Marlow, startMarlow } from '../testing/marlow.ts'
import { type Recorder, recordStatements } from '../testing/recorded-statements.ts'
import { nothing, type Things, wishes } from '../testing/wishes.ts'

// Time tells whether something is there as surely as words do. What takes time is asking the database, so the same is to be
// asked of it; statements can be compared where times cannot.

let site: Marlow
let everybody: Everybody
let given: Given[]
let recorder: Recorder
beforeAll(async () => {
  site = await startMarlow('postgres', { RATE_LIMIT_FACTOR: '1000000' })
  everybody = await connectEverybody(site)
  const make = await createKinds(site, everybody)
  given = await Promise.all(kinds.map(make))
  recorder = recordStatements(site.world.parts.database)
  // Who asks is remembered for seconds, and looked up again whenever those are over: here they never are.
  site.world.parts.clock = testClock(new Date())
})
afterAll(async () => {
  recorder?.stop()
  await site?.close()
})

interface Asked {
  answer: { status: number; body: string }
  statements: string[]
}

async function asked(asker: Asker, path: string, wish?: object): Promise<Asked> {
  const { value, statements } = await recorder.duringRequest(async (recorded) => {
    const headers = { ...asker.headers, ...recorded, 'content-type': 'application/json' }
    const way = wish ? { method: 'POST', headers, body: JSON.stringify(wish) } : { headers }
    const response = await fetch(`${site.url}${path}`, way)
    return { status: response.status, body: await response.text() }
  })
  return { answer: value, statements }
}
const command = (asker: Asker, name: CommandName, wish: object) =>
  asked(asker, `/api/v1/commands/${name}`, wish)

/** In any time and in all words: nothing tells the one from the other. */
function expectAlike(told: string, foreign: Asked, absent: Asked): void {
  expect([told, foreign.answer]).toEqual([told, absent.answer])
  expect([told, foreign.statements]).toEqual([told, absent.statements])
}

/** By the names of what it takes, so that none is forgotten. */
function idsIn(name: CommandName): string[] {
  const { shape } = commands[name].input as unknown as { shape: Record<string, z.ZodType> }
  return Object.keys(shape).filter((field) => /Ids?$|^kid$/.test(field) && field !== 'requestId')
}

describe('what somebody may not see asks the database for the same as what is not there', () => {
  it('in every read of a conversation, whoever asks and whichever it is', async () => {
    const reads = commandNames.filter((name) => {
      const definition: CommandDefinition = commands[name]
      return definition.on === 'conversation' && definition.isRead === true
    })
    expect(reads).toEqual(expect.arrayContaining(['readConversation', 'viewContact', 'viewTone']))
    let compared = 0
    for (const asker of Object.values(everybody)) {
      // Whoever is refused so often raises an alarm, once: by how often they ask, not by what for.
      for (let time = 0; time < 10; time += 1)
        await command(asker, 'readConversation', wishes.readConversation(nothing))
      for (const name of reads.filter((read) => permits(asker.actor, commands[read].action))) {
        const absent = await command(asker, name, wishes[name](nothing))
        expect([name, absent.answer.status, absent.statements.length > 0]).toEqual([name, 404, true])
        for (const target of given) {
          if (permitsOn(asker.actor, 'conversation.read', target.facts)) continue
          const { conversationId, messageId, kind } = target
          const foreign = await command(asker, name, wishes[name]({ ...nothing, conversationId, messageId }))
          expectAlike(`${asker.name}: ${name} on ${kind}`, foreign, absent)
          compared += 1
        }
      }
    }
    expect(compared).toBeGreaterThan(200)
  }, 120_000)

  it('in every command of a site that takes an id, for an id of another site', async () => {
    const { secondAdmin } = everybody
    const there = await thingsOfMarlow()
    const taking = commandNames.filter((name) => commands[name].on === 'site' && idsIn(name).length > 0)
    const compared: string[] = []
    for (const name of taking.filter((one) => permits(secondAdmin.actor, commands[one].action))) {
      const wish = { ...wishes, ...filters }[name]
      // Twice: what is looked up once and then remembered is no difference that lasts.
      await command(secondAdmin, name, wish(nothing))
      const absent = await command(secondAdmin, name, wish(nothing))
      const foreign = await command(secondAdmin, name, wish(there))
      const named = JSON.stringify(wish(there))
      const isNamed = Object.values(there).some((id) => named.includes(id))
      // A read that names nothing of another site would compare nothing: give its wish something to name.
      if ('isRead' in commands[name]) expect([name, isNamed]).toEqual([name, true])
      else if (!isNamed || absent.answer.status !== 404) continue
      expectAlike(name, foreign, absent)
      compared.push(name)
    }
    expect(compared).toEqual(
      expect.arrayContaining(['viewVendor', 'exportPerson', 'readReview', 'listBoard']),
    )
  }, 60_000)

  it('in every address with an id, a file in any state among them', async () => {
    const { secondAdmin, ines, marta, priya, elin } = everybody
    const there = await thingsOfMarlow()
    const { rules } = await ines.person.ask('viewVendorRules', {})
    const open = { ...rules, applications: { ...rules.applications, isOpen: true } }
    await ines.person.ask('saveVendorRules', { requestId: 'open-applications', rules: open })
    const applied = await ines.person.ask('submitApplication', wishes.submitApplication(nothing))
    for (const [what, id] of Object.entries({
      people: there.contactId,
      members: there.memberId,
      applicants: applied.vendorId,
    })) {
      const path = (of: string) => `/api/v1/${what}/${of}/export`
      expectAlike(what, await asked(secondAdmin, path(id)), await asked(secondAdmin, path('absent')))
      expect((await asked(ines, path(id))).answer.status).toBe(200)
    }
    const files = await filesOfMarta()
    for (const [what, fileId] of Object.entries(files))
      for (const part of ['', '/thumbnail']) {
        const path = (id: string) => `/api/v1/files/${id}${part}`
        expect((await asked(marta, path(fileId))).answer.status).toBe(200)
        for (const asker of [everybody.omar, everybody.anonymous, everybody.nils, priya, elin, secondAdmin])
          if (!(asker === elin && what === 'sent'))
            expectAlike(
              `${asker.name}: ${what}${part}`,
              await asked(asker, path(fileId)),
              await asked(asker, path('fil_absent')),
            )
      }
  }, 60_000)

  it('in a sign-in with a wrong password, known address or not', async () => {
    const { ines } = everybody
    const wrong = { password: 'not the password of anybody' }
    const signIn = (email: string) => asked(ines, '/api/v1/session', { ...wrong, email })
    const unknown = await signIn('nobody@marlow.example')
    expect(unknown.answer.status).toBe(401)
    expectAlike('known', await signIn(staff.daniel.email), unknown)
  })

  it('in a signed identity that is wrong, whatever is wrong with it', async () => {
    const { parts } = site.world
    const now = Math.floor(parts.clock.now().getTime() / 1_000)
    const sign = (kid: string, secret: string, issuedAt = now) =>
      new SignJWT({})
        .setProtectedHeader({ alg: 'HS256', kid })
        .setAudience('parley')
        .setSubject('marta')
        .setIssuedAt(issuedAt)
        .setExpirationTime(issuedAt + 600)
        .sign(new TextEncoder().encode(secret))
    const wrongs = {
      'unknown key': await sign('nobody-has-this', marlow.identitySecret),
      'wrong signature': await sign(marlow.identityKeyId, 'x'.repeat(32)),
      expired: await sign(marlow.identityKeyId, marlow.identitySecret, now - 3_600),
    }
    const refused = (identityToken: string) =>
      recorder.during(() =>
        recogniseVisitor(parts, { siteKey: marlow.siteKey, identityToken }).then(
          () => 'let in',
          (error: Error) => error.message,
        ),
      )
    // Each kind is told to the site's admins once; from then on it is like every other.
    for (const token of Object.values(wrongs)) await refused(token)
    const all = await Promise.all(Object.values(wrongs).map(refused))
    expect(all[0]?.value).not.toBe('let in')
    expect(all[0]?.statements.length).toBeGreaterThan(0)
    for (const [index, what] of Object.keys(wrongs).entries())
      expect([what, all[index]]).toEqual([what, all[0]])
  })
})

/** Lists that an id narrows. */
const filters: Partial<Record<CommandName, (about: Things) => object>> = {
  listInbox: ({ queueId }) => ({ view: 'all', queueId }),
  listBoard: ({ vendorId }) => ({ vendorId }),
  listAudit: ({ memberId }) => ({ actorId: memberId }),
}

let things: Promise<Things> | undefined
function thingsOfMarlow(): Promise<Things> {
  things ??= makeThings()
  return things
}

async function makeThings(): Promise<Things> {
  const { ines, daniel, elin, marta } = everybody
  const { webhook } = await ines.person.ask('createWebhook', wishes.createWebhook(nothing))
  const { keyId } = await ines.person.ask('createApiKey', wishes.createApiKey(nothing))
  const { replies } = await ines.person.ask('listCannedReplies', {})
  const { sessions } = await ines.person.ask('listSessions', {})
  const { conversationId } = await marta.person.ask('startConversation', {
    requestId: 'of-review',
    with: { kind: 'vendor', vendorId: 'ven_kiln' },
    about: { order: { id: '48213' } },
    answers: { description: 'Is it oven-proof?' },
  })
  await elin.person.ask('takeConversation', { requestId: 'take-of-review', conversationId })
  await elin.person.ask('closeConversation', { requestId: 'end-of-review', conversationId })
  const picked = { requestId: 'pick-of-review', pickedId: conversationId }
  const { reviewId } = await daniel.person.ask('pickReview', picked)
  const things: Things = {
    conversationId,
    messageId: given[0]?.messageId ?? '',
    memberId: staff.priya.memberId,
    queueId: 'que_payments',
    vendorId: 'ven_kiln',
    cannedReplyId: replies[0]?.cannedReplyId ?? '',
    sessionId: sessions[0]?.sessionId ?? '',
    kid: marlow.identityKeyId,
    keyId,
    triggerId: 'trg_return',
    webhookId: webhook.webhookId,
    contactId: given[0]?.facts.contactId ?? '',
    reviewId,
  }
  expect(Object.values(things)).not.toContain('')
  return things
}

/** One that was sent to Kiln, one meant for it, and one for no conversation yet. */
async function filesOfMarta(): Promise<Record<'sent' | 'meant' | 'kept', string>> {
  const { marta } = everybody
  const { conversationId } = given[kinds.indexOf('kiln')] as Given
  const bytes = new Uint8Array(await picture(32, 24).png().toBuffer())
  const put = async (conversationId?: string) => {
    const form = new FormData()
    if (conversationId !== undefined) form.set('conversationId', conversationId)
    form.set('file', new File([bytes], 'cup.png', { type: 'image/png' }))
    const { headers } = marta
    const response = await fetch(`${site.url}/api/v1/uploads`, { method: 'POST', body: form, headers })
    return ((await response.json()) as SentFile).fileId
  }
  const files = { sent: await put(conversationId), meant: await put(conversationId), kept: await put() }
  await marta.person.ask('sendMessage', {
    requestId: 'send-of-files',
    conversationId,
    text: '',
    fileIds: [files.sent],
  })
  return files
}
