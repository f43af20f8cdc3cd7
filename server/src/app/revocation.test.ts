import { afterAll, beforeAll, describe, expect, it, onTestFinished } from 'vitest'
import { marlow, staff, vendorMembers } from '../demo/cast.ts'
import { identityToken } from '../demo/identity-token.ts'
import { findPerson } from '../demo/person.ts'
import { takeOff } from '../testing/in-flight.ts'
import { type Marlow, type MemberName, type Person, startMarlow } from '../testing/marlow.ts'
import { post } from '../testing/second-site.ts'
import { waitFor } from '../testing/wait-for.ts'

/** After this nobody may notice that a right was ever there. */
const graceMs = 2_000

let site: Marlow
let ines: Person
beforeAll(async () => {
  site = await startMarlow('postgres', { RATE_LIMIT_FACTOR: '1000000' })
  ines = await site.member('ines')
  for (const [queueId, memberIds] of [
    ['que_support', ['mem_priya', 'mem_jonas']],
    ['que_payments', ['mem_jonas']],
    ['que_kiln', ['mem_elin']],
    ['que_nordvik', ['mem_nils']],
    ['que_lumen', ['mem_wren']],
  ] as const)
    await saveQueue(queueId, [...memberIds])
})
afterAll(() => site?.close())

let count = 0
const requestId = () => {
  count += 1
  return `revoked-${count}`
}

async function saveQueue(queueId: string, memberIds: string[]): Promise<void> {
  const queue = { queueId, name: 'Queue', memberIds, mode: 'pick', offerSeconds: 60 } as const
  await ines.ask('saveQueue', { requestId: requestId(), ...queue })
}

interface Subject {
  /** Three connections of the one whose right goes. */
  sockets: Person[]
  headers: Record<string, string>
  conversationId: string
  revoke(): Promise<unknown>
  /** Whether its connections are taken as well, or only the conversation. */
  isOut: boolean
}

async function member(name: MemberName, conversationId: string): Promise<Omit<Subject, 'revoke' | 'isOut'>> {
  // One sign-in for all three.
  const cookie = await site.cookie(name)
  const sockets = await Promise.all([site.member(name), site.member(name), site.member(name)])
  return { sockets, conversationId, headers: { cookie, origin: site.url, 'parley-csrf': '1' } }
}

async function customer(
  visitorToken: string,
  conversationId: string,
): Promise<Omit<Subject, 'revoke' | 'isOut'>> {
  const again = () => site.visitor({ visitorToken })
  const headers = { authorization: `Bearer ${visitorToken}`, 'parley-site': marlow.siteKey }
  return { sockets: await Promise.all([again(), again(), again()]), conversationId, headers }
}

async function startWith(
  buyer: Person,
  with_: 'ven_kiln' | 'ven_nordvik' | 'ven_lumen' | 'account' | 'payment',
): Promise<string> {
  const { conversationId } = await buyer.ask('startConversation', {
    requestId: requestId(),
    with: with_.startsWith('ven_') ? { kind: 'vendor', vendorId: with_ } : { kind: 'support' },
    answers: {
      description: 'Hello',
      ...(with_.startsWith('ven_') ? {} : { topic: with_ }),
      ...(buyer.name === 'visitor' ? { name: 'Sam', role: 'buyer' } : {}),
    },
  })
  return conversationId
}

const subjects: Record<string, () => Promise<Subject>> = {
  async 'a vendor’s member who is disabled'() {
    const marta = await site.buyer('marta')
    const subject = await member('elin', await startWith(marta, 'ven_kiln'))
    const disable = { memberId: vendorMembers.elin.memberId, isDisabled: true }
    return {
      ...subject,
      isOut: true,
      revoke: () => ines.ask('disableMember', { requestId: requestId(), ...disable }),
    }
  },

  async 'a vendor’s member whose vendor is suspended'() {
    const omar = await site.buyer('omar')
    const subject = await member('wren', await startWith(omar, 'ven_lumen'))
    const suspend = { vendorId: 'ven_lumen', act: 'suspend', reason: 'Asked for payment elsewhere' } as const
    return {
      ...subject,
      isOut: false,
      revoke: () => ines.ask('disciplineVendor', { requestId: requestId(), ...suspend }),
    }
  },

  async 'a vendor’s member whose session is ended from another browser'() {
    const marta = await site.buyer('marta')
    const subject = await member('nils', await startWith(marta, 'ven_nordvik'))
    const [first] = subject.sockets
    const { sessions } = (await first?.ask('listSessions', {})) ?? { sessions: [] }
    const sessionId = sessions.find(({ isCurrent }) => isCurrent)?.sessionId
    const elsewhere = await post(site, '/api/v1/session', {
      email: vendorMembers.nils.email,
      password: marlow.password,
    })
    const end = () =>
      post(site, '/api/v1/commands/endSession', { requestId: requestId(), sessionId }, elsewhere.cookie)
    return { ...subject, isOut: true, revoke: async () => expect((await end()).status).toBe(200) }
  },

  async 'a CSR who becomes a moderator, and must sign in anew'() {
    const omar = await site.buyer('omar')
    const subject = await member('jonas', await startWith(omar, 'payment'))
    const { memberId, name } = staff.jonas
    return {
      ...subject,
      isOut: true,
      revoke: () =>
        ines.ask('saveMember', { requestId: requestId(), memberId, name, role: 'moderator', capacity: 5 }),
    }
  },

  async 'a CSR who is taken out of the queue'() {
    const omar = await site.buyer('omar')
    const subject = await member('priya', await startWith(omar, 'account'))
    return { ...subject, isOut: false, revoke: () => saveQueue('que_support', []) }
  },

  async 'a moderator who watches and whose session is ended from another browser'() {
    const marta = await site.buyer('marta')
    const conversationId = await startWith(marta, 'ven_kiln')
    // A session of their own: the cast's is used again below.
    const { cookie } = await signInAnew(staff.daniel.email)
    const again = () => site.memberWith('daniel', cookie)
    const sockets = await Promise.all([again(), again(), again()])
    const [first] = sockets
    for (const socket of sockets) await socket.ask('watchConversation', { conversationId })
    const { sessions } = (await first?.ask('listSessions', {})) ?? { sessions: [] }
    const sessionId = sessions.find(({ isCurrent }) => isCurrent)?.sessionId
    const elsewhere = await signInAnew(staff.daniel.email)
    const end = { requestId: requestId(), sessionId }
    return {
      sockets,
      conversationId,
      headers: { cookie, origin: site.url, 'parley-csrf': '1' },
      isOut: true,
      revoke: async () =>
        expect((await post(site, '/api/v1/commands/endSession', end, elsewhere.cookie)).status).toBe(200),
    }
  },

  async 'a buyer whose page signs them out'() {
    const marta = await site.buyer('marta')
    const subject = await customer(marta.visitorToken, await startWith(marta, 'ven_kiln'))
    marta.close()
    const [first] = subject.sockets
    return {
      ...subject,
      isOut: true,
      revoke: async () => first?.ask('endVisit', { requestId: requestId() }),
    }
  },

  async 'a buyer whose page signs them out as it is left'() {
    const marta = await site.buyer('marta')
    const subject = await customer(marta.visitorToken, await startWith(marta, 'ven_kiln'))
    const end = (body: string, key: string = marlow.siteKey) =>
      fetch(`${site.url}/w/${key}/end`, { method: 'POST', body })
    marta.close()
    return {
      ...subject,
      isOut: true,
      async revoke() {
        // Known or not, of this site or not: nobody learns which.
        const answers = [
          await end('no-token-of-anybody-at-all'),
          await end(''),
          await end(marta.visitorToken, 'x'),
        ]
        expect(await site.visitor({ visitorToken: marta.visitorToken })).toBeDefined()
        answers.push(await end(marta.visitorToken))
        for (const { status } of answers) expect(status).toBe(204)
      },
    }
  },

  async 'a stranger in whose browser somebody signs in'() {
    const stranger = await site.visitor()
    const subject = await customer(stranger.visitorToken, await startWith(stranger, 'account'))
    stranger.close()
    return { ...subject, isOut: true, revoke: () => signInAs('omar', stranger.visitorToken) }
  },

  async 'a buyer in whose browser somebody else signs in'() {
    const marta = await site.buyer('marta')
    const subject = await customer(marta.visitorToken, await startWith(marta, 'ven_kiln'))
    marta.close()
    return { ...subject, isOut: true, revoke: () => signInAs('oluwaseun', marta.visitorToken) }
  },
}

function signInAnew(email: string) {
  return post(site, '/api/v1/session', { email, password: marlow.password })
}

async function signInAs(name: string, visitorToken: string): Promise<Person> {
  const person = findPerson(name)
  if (!person) throw new Error(`${name} is not in the cast`)
  return site.visitor({ visitorToken, identityToken: await identityToken(person, site.world.parts.clock) })
}

/** Somebody entitled writes all the time, so that silence means something. */
function write(conversationId: string): { sent: number[]; stop(): Promise<void> } {
  const sent: number[] = []
  let isStopped = false
  async function run(): Promise<void> {
    while (!isStopped) {
      await ines.ask('addNote', { requestId: requestId(), conversationId, text: 'A note' })
      await ines.ask('unsnoozeConversation', { requestId: requestId(), conversationId })
      const untilAt = new Date(Date.now() + 3_600_000).toISOString()
      await ines.ask('snoozeConversation', { requestId: requestId(), conversationId, untilAt })
      await ines.ask('sendMessage', { requestId: requestId(), conversationId, text: 'Still here' })
      sent.push(performance.now())
      await new Promise((resolve) => setTimeout(resolve, 20))
    }
  }
  const running = run()
  return {
    sent,
    async stop() {
      isStopped = true
      await running
    },
  }
}

describe.each(Object.keys(subjects))('%s', (name) => {
  it('has no success and hears nothing two seconds later, nor after connecting again', async () => {
    const subject = await (subjects[name] as () => Promise<Subject>)()
    const { sockets, conversationId } = subject
    await ines.ask('takeConversation', { requestId: requestId(), conversationId })
    await ines.ask('sendMessage', { requestId: requestId(), conversationId, text: 'I take this one' })
    const flight = takeOff(site, sockets, subject.headers, conversationId)
    const writing = write(conversationId)
    onTestFinished(async () => {
      await writing.stop()
      await flight.land()
      for (const socket of sockets) socket.close()
    })
    await waitFor(() => flight.successes.length > 60 && flight.events.length > 9, 10_000)

    await subject.revoke()
    const lostAt = performance.now() + graceMs
    await waitFor(() => performance.now() > lostAt + 500 && writing.sent.some((at) => at > lostAt), 10_000)
    expect(flight.successes.filter((at) => at > lostAt)).toEqual([])
    expect(flight.events.filter((at) => at > lostAt)).toEqual([])

    const heardBefore = flight.events.length
    for (const { connection } of sockets) connection.reconnect()
    const expected = subject.isOut ? 'refused' : 'online'
    await waitFor(() => sockets.every(({ connection }) => connection.state === expected), 15_000)
    const known = writing.sent.length
    await waitFor(() => writing.sent.length > known + 2)
    expect(flight.events).toHaveLength(heardBefore)
    expect(flight.successes.filter((at) => at > lostAt)).toEqual([])
  }, 60_000)
})

describe('who connects in the very moment a right goes', () => {
  it('is not left connected by the race', async () => {
    const cookie = await site.cookie('daniel')
    const connecting = Array.from({ length: 12 }, () => site.memberWith('daniel', cookie))
    const { memberId } = staff.daniel
    await ines.ask('disableMember', { requestId: requestId(), memberId, isDisabled: true })
    const ends = await Promise.allSettled(connecting)
    const connected = ends.flatMap((end) => (end.status === 'fulfilled' ? [end.value] : []))
    await waitFor(() => connected.every(({ connection }) => connection.state !== 'online'), 10_000)
    await expect(site.memberWith('daniel', cookie)).rejects.toMatchObject({
      refusal: { reason: 'ticket.refused' },
    })
  })
})
