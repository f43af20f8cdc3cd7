import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { keepNotice } from '../sites/notices-store.ts'
import { type Marlow, type Person, startMarlow } from '../testing/marlow.ts'
import { engines } from '../testing/site-world.ts'

const words = ['Chats are kept.', 'Chats are kept for a year.']

describe.each(engines)('the notice that a buyer writes under, on %s', (engine) => {
  let site: Marlow
  let ines: Person
  let saved = 0
  beforeAll(async () => {
    site = await startMarlow(engine, { RATE_LIMIT_FACTOR: '100' })
    ines = await site.member('ines')
  })
  afterAll(() => site?.close())

  async function saveNotice(notice: string): Promise<void> {
    const { siteId: _siteId, siteKey: _siteKey, ...settings } = await ines.ask('viewSite', {})
    saved += 1
    const requestId = `notice-${saved}`
    await ines.ask('saveSite', {
      requestId,
      settings: { ...settings, branding: { ...settings.branding, notice } },
    })
  }

  /** What the export says of the latest chat and of all wordings. */
  async function exported(contactId: string) {
    const { conversations, notices } = await ines.ask('exportPerson', { contactId })
    const started = conversations[0]?.events.find(({ type }) => type === 'conversationStarted')
    return {
      shown: started?.type === 'conversationStarted' ? started.payload.notice : undefined,
      notices: notices.map((one) => one.words),
    }
  }

  it('is on record with each chat: which wording, and in which language their browser asked', async () => {
    const stranger = await site.visitor({ locale: 'pt-PT' })
    const { me } = await stranger.ask('describeChoices', { about: {} })
    async function chatUnder(notice: string) {
      await saveNotice(notice)
      await stranger.ask('startConversation', {
        requestId: `chat-of-notice-${saved}`,
        with: { kind: 'support' },
        answers: { role: 'buyer', name: 'Rui', topic: 'account', description: 'I cannot sign in.' },
      })
      return exported(me.contactId)
    }
    const first = await chatUnder(words[0] ?? '')
    expect(first).toEqual({ shown: { version: expect.any(Number), language: 'pt-PT' }, notices: [words[0]] })
    const second = await chatUnder(words[1] ?? '')
    expect(second).toEqual({
      shown: { version: (first.shown?.version ?? 0) + 1, language: 'pt-PT' },
      notices: words,
    })
    // Words that come back are the version they were.
    expect((await chatUnder(words[0] ?? '')).shown).toEqual(first.shown)
    const withoutNotice = await chatUnder('')
    expect(withoutNotice).toEqual({ shown: undefined, notices: words })
    stranger.close()
  })

  it('has one version for each wording, however many are shown first at the same moment', async () => {
    const { database, clock } = site.world.parts
    const wordings = Array.from({ length: 12 }, (_, number) => `Notice ${number % 4}.`)
    const versions = await Promise.all(
      wordings.map((wording) => keepNotice(database, 'site_marlow', wording, clock.now())),
    )
    expect(new Set(versions).size).toBe(4)
    for (const [number, version] of versions.entries()) expect(version).toBe(versions[number % 4])
  })
})
