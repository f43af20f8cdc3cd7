import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, test } from 'vitest'
import type { Parts } from '../app/parts.ts'
import { createTimers } from '../storage/timers.ts'
import { createSiteWorld, engines, givenSite, type SiteWorld } from '../testing/site-world.ts'
import { refuseTranscriptOverCap } from './caps.ts'
import type { MailedConversation } from './mailed-conversation.ts'
import { createMailer, type Mailer } from './mailer.ts'
import { planAnswer, planTranscript } from './plan-mail.ts'
import { freePort, openPostOffice, type PostOffice } from './post-office.ts'
import { registerMailTimers } from './register-mail-timers.ts'
import { ines, lena, mailed, nora, Story } from './sample-conversation.ts'

const minute = 60_000
let given: SiteWorld
let parts: Parts
let office: PostOffice
let mailer: Mailer | null
let conversations: Map<string, MailedConversation>

beforeEach(async () => {
  office = await openPostOffice(await freePort())
  conversations = new Map([
    ['cnv_lamp', mailed(new Story().begins().says(nora, 'Hello?').says(lena, 'Käse 🧀'))],
  ])
  await connect()
})
afterEach(async () => {
  mailer?.close()
  await office.close()
  await given.parts.database.query('delete from mails')
  await given.parts.database.query('delete from timers')
})

/** A fresh node on the same database, as after a restart. */
async function connect() {
  mailer?.close()
  const { database, clock, logger, config } = given.parts
  const settings = {
    ...config,
    smtpUrl: `smtp://127.0.0.1:${office.port}`,
    mailFrom: 'Marlow <chat@marlow.example>',
    publicUrl: 'https://chat.marlow.example',
  }
  parts = { ...given.parts, config: settings, timers: createTimers({ database, clock, logger }) }
  mailer = createMailer(settings)
  const readers = { eventsFor: (id: string) => Promise.resolve(conversations.get(id)) }
  registerMailTimers(parts, readers, mailer)
}

function about(conversationId = 'cnv_lamp') {
  return { siteId: 'sit_marlow', conversationId, contactId: 'con_nora' }
}
function asksForTranscript(conversationId?: string) {
  return parts.database.transaction((sql) => planTranscript(parts, sql, about(conversationId)))
}
function writes(messageId: string) {
  return parts.database.transaction((sql) => planAnswer(parts, sql, { ...about(), messageId }))
}
function later(minutes: number) {
  given.clock.advance(minutes * minute)
  return parts.timers.runDue()
}
async function outcomes() {
  const rows = await parts.database.query<{ outcome: string | null }>(
    `select coalesce(dropped_because, case when sent_at is not null then 'sent' end) as outcome
     from mails order by created_at, mail_id`,
  )
  return rows.map((row) => row.outcome)
}

describe.each(engines)('mail (%s)', (engine) => {
  beforeAll(async () => {
    given = await createSiteWorld(engine)
    await givenSite(given.parts)
  })
  afterAll(() => given.close())

  describe('a transcript that was asked for', () => {
    test('arrives once, at the proven address, marked as automatic', async () => {
      await asksForTranscript()
      await parts.timers.runDue()
      await later(60)
      expect(office.received).toHaveLength(1)
      const [mail] = office.received
      expect(mail?.to).toEqual(['nora@example.com'])
      expect(mail?.from).toBe('chat@marlow.example')
      expect(mail?.headers.get('from')).toBe('Marlow <chat@marlow.example>')
      expect(mail?.headers.get('to')).toBe('nora@example.com')
      expect(mail?.headers.get('subject')).toBe('Your chat with Marlow')
      expect(mail?.headers.get('auto-submitted')).toBe('auto-generated')
      expect(mail?.headers.get('message-id')).toMatch(/^<mail_[\w-]{22}@chat\.marlow\.example>$/)
      expect(mail?.text).toContain('Lena (Marlow)')
      expect(mail?.text).toContain('  Käse 🧀')
      expect(mail?.html).toContain('Käse 🧀')
      expect(await outcomes()).toEqual(['sent'])
    })

    test('is not planned when the transaction that records the request is undone', async () => {
      const undone = parts.database.transaction(async (sql) => {
        await planTranscript(parts, sql, about())
        throw new Error('undone')
      })
      await expect(undone).rejects.toThrow('undone')
      expect(await outcomes()).toEqual([])
      expect(await parts.timers.runDue()).toBe(0)
    })

    test('waits while the mail server is down, over a restart, and then goes under the same Message-ID', async () => {
      const { port } = office
      await office.close()
      await asksForTranscript()
      await parts.timers.runDue()
      await later(1)
      await later(2)
      expect(await outcomes()).toEqual([null])
      const [row] = await parts.database.query<{ mail_id: string }>('select mail_id from mails')
      office = await openPostOffice(port)
      await connect()
      await later(4)
      expect(office.received.map((mail) => mail.headers.get('message-id'))).toEqual([
        `<${row?.mail_id}@chat.marlow.example>`,
      ])
      expect(await outcomes()).toEqual(['sent'])
    })

    test('comes at most twice, recognisably, when the server takes it and the line breaks before its yes', async () => {
      office.mood = 'takesAndHangsUp'
      await asksForTranscript()
      await parts.timers.runDue()
      expect(office.received).toHaveLength(1)
      expect(await outcomes()).toEqual([null])
      office.mood = 'takes'
      await later(1)
      await later(60)
      expect(office.received).toHaveLength(2)
      expect(new Set(office.received.map((mail) => mail.headers.get('message-id'))).size).toBe(1)
    })

    test('does not come a third time from a server that takes it and never says so', async () => {
      office.mood = 'takesAndHangsUp'
      await asksForTranscript()
      await parts.timers.runDue()
      for (let hours = 0; hours < 10; hours += 1) await later(60)
      expect(office.received).toHaveLength(2)
      expect(new Set(office.received.map((mail) => mail.headers.get('message-id'))).size).toBe(1)
      expect(await outcomes()).toEqual(['sent'])
    })

    test('comes once from a server that puts everybody off the first time', async () => {
      office.mood = 'greylists'
      await asksForTranscript()
      await parts.timers.runDue()
      expect(office.turnedAway).toEqual(['nora@example.com'])
      expect(await outcomes()).toEqual([null])
      await later(1)
      await later(60)
      expect(office.received).toHaveLength(1)
      expect(await outcomes()).toEqual(['sent'])
    })

    test('is given up when the server refuses the address, or is away for two days', async () => {
      office.mood = 'refusesRecipient'
      await asksForTranscript()
      await parts.timers.runDue()
      expect(await outcomes()).toEqual(['refused'])
      expect(await later(60)).toBe(0)
      await office.close()
      await asksForTranscript()
      given.clock.advance(60 * minute)
      for (let hours = 0; hours < 60; hours += 1) await later(60)
      expect(await outcomes()).toEqual(['refused', 'undeliverable'])
      expect(await later(60 * 24)).toBe(0)
      office = await openPostOffice()
    })

    test('goes nowhere without a proven or given address, and never where a label points', async () => {
      const conversation = conversations.get('cnv_lamp')
      if (!conversation) throw new Error('no conversation')
      conversations.set('cnv_lamp', {
        ...conversation,
        contact: { email: 'label@example.com', isEmailVerified: false },
      })
      await asksForTranscript()
      conversations.set('cnv_quoted', {
        ...conversation,
        contact: { email: '"nora@evil.example x"@example.com', isEmailVerified: true },
      })
      await asksForTranscript('cnv_quoted')
      await asksForTranscript('cnv_gone')
      await parts.timers.runDue()
      expect(office.received).toEqual([])
      expect((await outcomes()).sort()).toEqual(['gone', 'noAddress', 'noAddress'])
    })

    test('carries hostile names and texts as text: no header, no markup, no second recipient', async () => {
      const attack = 'Nora\r\nBcc: victim@example.com\r\n\r\n<script>alert(1)</script>'
      const story = new Story().begins().says({ ...ines, name: attack, of: attack }, attack)
      conversations.set('cnv_lamp', mailed(story, { siteName: attack }))
      await asksForTranscript()
      await parts.timers.runDue()
      const [mail] = office.received
      expect(mail?.to).toEqual(['nora@example.com'])
      expect(mail?.headers.has('bcc')).toBe(false)
      expect(mail?.headers.get('from')).toBe('Marlow <chat@marlow.example>')
      expect(mail?.raw.split('\r\n\r\n')[0]).not.toMatch(/^bcc:/im)
      expect(mail?.html).not.toContain('<script>')
      expect(mail?.text).toContain('  <script>alert(1)</script>')
    })
  })

  describe('caps on mail', () => {
    test('let one letter in ten minutes go for a conversation; the next waits its turn', async () => {
      await asksForTranscript()
      await asksForTranscript()
      await parts.timers.runDue()
      expect(office.received).toHaveLength(1)
      await later(9)
      expect(office.received).toHaveLength(1)
      await later(1)
      expect(office.received).toHaveLength(2)
    })

    test('let ten letters a day go to one address, whatever the conversation', async () => {
      for (let count = 1; count <= 12; count += 1) {
        conversations.set(`cnv_${count}`, { ...mailed(new Story().begins()), conversationId: `cnv_${count}` })
        await asksForTranscript(`cnv_${count}`)
      }
      await parts.timers.runDue()
      expect(office.received).toHaveLength(10)
      expect((await outcomes()).filter((outcome) => outcome === 'dailyCap')).toHaveLength(2)
      const wish = { conversationId: 'cnv_new', address: 'NORA@example.com' }
      await expect(refuseTranscriptOverCap(parts, wish)).rejects.toMatchObject({
        refusal: { code: 'rateLimited', reason: 'mail.tooOften', retryAfterMs: 24 * 60 * minute },
      })
      await expect(
        refuseTranscriptOverCap(parts, { ...wish, address: 'omar@example.com' }),
      ).resolves.toBeUndefined()
      given.clock.advance(24 * 60 * minute)
      await expect(refuseTranscriptOverCap(parts, wish)).resolves.toBeUndefined()
    })

    test('say no to a second transcript while the first is on its way', async () => {
      const wish = { conversationId: 'cnv_lamp', address: 'nora@example.com' }
      await refuseTranscriptOverCap(parts, wish)
      await asksForTranscript()
      await expect(refuseTranscriptOverCap(parts, wish)).rejects.toThrow('mail.tooOften')
      await parts.timers.runDue()
      await expect(refuseTranscriptOverCap(parts, wish)).resolves.toBeUndefined()
    })

    test('never keep the address', async () => {
      await asksForTranscript()
      await parts.timers.runDue()
      const rows = await parts.database.query<{ all: string }>('select m::text as all from mails m')
      expect(rows).toHaveLength(1)
      expect(rows[0]?.all).not.toContain('example.com')
    })
  })

  describe('an answer while the customer is away', () => {
    test('is mailed five minutes later, everything new in one letter', async () => {
      const story = new Story().begins().says(nora, 'Hello?').says(lena, 'One moment')
      conversations.set('cnv_lamp', mailed(story))
      await writes('msg_3')
      await later(3)
      story.says(ines, 'It left today')
      await writes('msg_4')
      await later(1)
      expect(office.received).toHaveLength(0)
      await later(1)
      expect(office.received).toHaveLength(1)
      expect(office.received[0]?.headers.get('subject')).toBe('You have an answer from Marlow')
      expect(office.received[0]?.text).toContain('One moment')
      expect(office.received[0]?.text).toContain('It left today')
      await later(60)
      expect(office.received).toHaveLength(1)
      expect(await outcomes()).toEqual(['sent'])
    })

    test('is not mailed when the customer has read it or has written since', async () => {
      const conversation = mailed(new Story().begins().says(lena, 'Hi'), { readTo: 'msg_2' })
      conversations.set('cnv_lamp', conversation)
      await writes('msg_2')
      await later(5)
      conversations.set('cnv_lamp', mailed(new Story().begins().says(lena, 'Hi').says(nora, 'Hi')))
      await writes('msg_2')
      await later(5)
      expect(office.received).toEqual([])
      expect(await outcomes()).toEqual([])
    })

    test('is one letter in ten minutes; what comes meanwhile goes together in the next', async () => {
      const story = new Story().begins().says(lena, 'first')
      conversations.set('cnv_lamp', mailed(story))
      await writes('msg_2')
      await later(5)
      story.says(lena, 'second')
      await writes('msg_3')
      story.says(lena, 'third')
      await writes('msg_4')
      await later(5)
      expect(office.received).toHaveLength(1)
      await later(5)
      expect(office.received).toHaveLength(2)
      expect(office.received[1]?.text).toMatch(/second[\s\S]*third/)
      expect(office.received[1]?.text).not.toContain('first')
      await later(60)
      expect(office.received).toHaveLength(2)
      expect((await outcomes()).filter((outcome) => outcome === 'sent')).toHaveLength(2)
    })

    test('is dropped when it is read while the mail server was away', async () => {
      const { port } = office
      await office.close()
      const story = new Story().begins().says(lena, 'Hi')
      conversations.set('cnv_lamp', mailed(story))
      await writes('msg_2')
      await later(5)
      conversations.set('cnv_lamp', mailed(story, { readTo: 'msg_2' }))
      office = await openPostOffice(port)
      await later(60)
      expect(office.received).toEqual([])
      expect(await outcomes()).toEqual(['read'])
    })
  })

  describe('a server without SMTP', () => {
    test('plans no mail and makes no mailer', async () => {
      expect(createMailer(given.parts.config)).toBeNull()
      await given.parts.database.transaction((sql) => planTranscript(given.parts, sql, about()))
      await given.parts.database.transaction((sql) =>
        planAnswer(given.parts, sql, { ...about(), messageId: 'msg_1' }),
      )
      expect(await outcomes()).toEqual([])
      expect(await given.parts.database.query('select 1 from timers')).toEqual([])
    })
  })
})
