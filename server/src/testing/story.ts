import type { ConversationFeed } from '@parley/shared/client/feed.ts'
import type { CommandName } from '@parley/shared/protocol/commands.ts'
import type { WireEvent } from '@parley/shared/protocol/events.ts'
import { identityToken } from '../demo/identity-token.ts'
import { findPerson } from '../demo/person.ts'
import { connectEverybody, type Everybody, type Name } from './everybody.ts'
import { type Marlow, type Person, startMarlow } from './marlow.ts'
import { moderate } from './moderate-story.ts'
import { rollOut } from './roll-out.ts'
import { waitFor } from './wait-for.ts'

/** Given in the stranger's form, for the marketplace alone. */
export const strangersMail = 'stranger-canary@post.example'
/** Given there as well. */
export const strangersPhone = '+351 912 004 471'
/** Each is said once, and is for some and not for others. */
export const said = {
  question: 'canary-question',
  privateAnswer: 'canary-private-answer',
  vendorsAnswer: 'canary-vendors-answer',
  moderatorsNote: 'canary-moderators-note',
  vendorsReason: 'canary-vendors-reason',
  afterTransfer: 'canary-after-transfer',
  supportsAnswer: 'canary-supports-answer',
  supportsNote: 'canary-supports-note',
  supportsReason: 'canary-supports-reason',
  afterPriya: 'canary-after-priya',
  typed: 'canary-typed-and-not-sent',
  whisper: 'canary-whisper',
  moderatorsWord: 'canary-moderators-word',
  moderatorsReason: 'canary-moderators-reason',
  watchersReason: 'canary-watchers-reason',
  report: 'canary-report',
  handReason: 'canary-hand-reason',
  flagKind: 'canary-flag-kind',
  vendorsHeld: 'canary-vendors-held',
  vendorTold: 'canary-vendor-told',
  heldByHand: 'canary-held-by-hand',
  customersHeld: 'canary-customers-held',
  customerTold: 'canary-customer-told',
  released: 'canary-released',
  original: 'canary-original',
  afterTakeover: 'canary-after-takeover',
  redacted: 'canary-redacted',
  toNordvik: 'canary-to-nordvik',
  elsewhere: 'canary-elsewhere',
} as const

export interface Story {
  site: Marlow
  everybody: Everybody
  conversationId: string
  /** The stranger, come back signed in as Oluwaseun in the same browser. */
  oluwaseun: Person
  /** What everybody who tried to follow the conversation holds of it. */
  feeds: Map<Name | 'oluwaseun', ConversationFeed>
  /** Every body and answer that somebody was given, besides the frames. */
  answers: Map<Name, unknown[]>
}

/**
 * A stranger's chat with a vendor that passes through every kind of event: offered, let pass, taken, watched and moderated,
 * put aside, closed, rated and opened again, identified, passed to support and from there to payments.
 */
export async function tellStory(): Promise<Story> {
  const env = { RATE_LIMIT_FACTOR: '1000000', SMTP_URL: 'smtp://127.0.0.1:9' }
  const site = await startMarlow('embedded', env)
  const everybody = await connectEverybody(site)
  const { anonymous } = everybody
  const conversationId = await begin(everybody)
  const story: Story = {
    site,
    everybody,
    conversationId,
    oluwaseun: anonymous.person,
    feeds: new Map(),
    answers: new Map(),
  }
  await everybodyFollows(story)
  await kilnAnswers(story)
  story.oluwaseun = await signIn(story)
  await passToSupport(story)
  await passToPayments(story)
  await everybodyAsksForEverything(story)
  return story
}

type Named = Pick<Story, 'conversationId'>

let count = 0
export function wishIn({ conversationId }: Story) {
  count += 1
  return { requestId: `story-${count}-x`, conversationId }
}

export function eventsSeenBy({ conversationId }: Named, person: Person): WireEvent[] {
  return person.frames
    .filter(({ name }) => name === 'event')
    .map(({ values }) => values[0] as WireEvent)
    .filter((event) => event.conversationId === conversationId)
}

export function hasForgotten({ conversationId }: Named, { frames }: Person): boolean {
  return frames.some(
    ({ name, values }) =>
      name === 'hint:forget' && (values[0] as { conversationId: string }).conversationId === conversationId,
  )
}

async function begin({ ines, elin, marta, anonymous, secondAnonymous }: Everybody): Promise<string> {
  await ines.person.ask('saveQueue', {
    requestId: 'offer-at-kiln',
    queueId: 'que_kiln',
    name: 'Kiln & Thread',
    memberIds: ['mem_elin'],
    mode: 'offer',
    offerSeconds: 60,
  })
  const { siteId, siteKey, ...settings } = await ines.person.ask('viewSite', {})
  const privately = { type: 'text', isRequired: false, isPrivate: true } as const
  const phone = { id: 'phone', label: 'Phone', ...privately }
  const gift = { id: 'gift', label: 'Whom is it for?', ...privately }
  const vendorForm = { fields: [...settings.intake.vendor.fields, phone, gift] }
  const intake = { ...settings.intake, vendor: vendorForm }
  await ines.person.ask('saveSite', {
    requestId: 'ask-for-phone',
    settings: { ...settings, intake },
  })
  await rollOut(ines.person, 'moderation.typingPreview', { sharePercent: 100 })
  await elin.person.ask('setAvailability', { availability: 'away' })
  await marta.person.ask('startConversation', {
    requestId: 'start-at-nordvik',
    with: { kind: 'vendor', vendorId: 'ven_nordvik' },
    answers: { description: said.toNordvik },
  })
  await secondAnonymous.person.ask('startConversation', {
    requestId: 'start-elsewhere',
    with: { kind: 'support' },
    answers: { role: 'buyer', name: 'S', topic: 'product', description: said.elsewhere },
  })
  const started = await anonymous.person.ask('startConversation', {
    requestId: 'start-at-kiln',
    with: { kind: 'vendor', vendorId: 'ven_kiln' },
    about: { product: { id: 'prd_cups', vendorId: 'ven_kiln' } },
    answers: {
      name: 'Sam',
      email: strangersMail,
      phone: strangersPhone,
      gift: said.privateAnswer,
      description: said.question,
    },
  })
  return started.conversationId
}

/** Everybody tries; who may not is told that there is nothing. */
async function everybodyFollows({ everybody, feeds, conversationId }: Story): Promise<void> {
  for (const [name, { person }] of Object.entries(everybody))
    feeds.set(name as Name, person.open(conversationId))
  await waitFor(() =>
    [...feeds.values()].every((feed) => feed.get().isComplete || feed.get().refusal !== null),
  )
}

async function follow(story: Story, name: Name | 'oluwaseun', person: Person): Promise<void> {
  const feed = person.open(story.conversationId)
  story.feeds.set(name, feed)
  // By now it is longer than one page.
  await waitFor(async () => {
    if (!feed.get().isComplete) await feed.loadEarlier()
    return feed.get().isComplete
  })
}

async function kilnAnswers(story: Story): Promise<void> {
  const { elin, daniel, anonymous } = story.everybody
  const wish = () => wishIn(story)
  await elin.person.ask('setAvailability', { availability: 'available', capacity: 5 })
  await waitFor(() => eventsSeenBy(story, elin.person).at(-1)?.type === 'offerMade')
  await elin.person.ask('declineOffer', wish())
  await elin.person.ask('takeConversation', wish())
  await elin.person.ask('sendMessage', { ...wish(), text: said.vendorsAnswer })
  await watchSilently(story)
  await listed(story)
  await daniel.person.ask('addNote', { ...wish(), text: said.moderatorsNote, mentions: ['mem_ines'] })
  await listed(story)
  await moderate(story)
  await listed(story)
  const untilAt = new Date(Date.now() + 3_600_000).toISOString()
  await elin.person.ask('snoozeConversation', { ...wish(), untilAt })
  await elin.person.ask('unsnoozeConversation', wish())
  await anonymous.person.ask('requestTranscript', wish())
  await anonymous.person.ask('closeConversation', wish())
  await anonymous.person.ask('rateConversation', { ...wish(), stars: 3 })
  await anonymous.person.ask('sendMessage', { ...wish(), text: 'One more thing' })
}

/** Until lists show the last event: what comes next is told in a row of its own. */
async function listed({ everybody, conversationId }: Story): Promise<void> {
  const { person } = everybody.ines
  const { head } = await person.ask('readConversation', { conversationId, limit: 1 })
  await waitFor(() =>
    person.frames.some(({ name, values }) => {
      const row = values[0] as { conversationId: string; position: number }
      return name === 'hint:inbox' && row.conversationId === conversationId && row.position === head
    }),
  )
}

/** A moderator reads, marks and types in a vendor’s chat; only colleagues may notice. */
async function watchSilently({ everybody, feeds, conversationId }: Story): Promise<void> {
  const { ines, daniel, elin, anonymous } = everybody
  const feed = feeds.get('daniel') as ConversationFeed
  await daniel.person.ask('listBoard', { isLive: true })
  await waitFor(() => feed.get().events.some((event) => event.type === 'assigned'))
  const message = feed.get().events.find((event) => event.type === 'messageSent')
  if (message?.type === 'messageSent')
    await daniel.person.ask('markConversation', { conversationId, readTo: message.payload.messageId })
  daniel.person.connection.hint('viewing', { conversationId, mode: 'viewing' })
  await typeUntil(daniel.person, conversationId, () => hasHeard(ines.person, 'hint:typing'))
  await waitFor(() => hasHeard(ines.person, 'hint:marks'))
  // What is no secret passes on the same ways: the silence above is not that of a broken line.
  await typeUntil(elin.person, conversationId, () => hasHeard(anonymous.person, 'hint:typing'))
  await daniel.person.ask('watchConversation', { conversationId, reason: said.watchersReason })
  const isPreviewed = () => JSON.stringify(daniel.person.frames).includes(said.typed)
  await typeUntil(elin.person, conversationId, isPreviewed, said.typed)
}

function hasHeard({ frames }: Person, hint: string): boolean {
  return frames.some(({ name }) => name === hint)
}

/** Typing may be lost on a busy connection, and is told again for as long as somebody types. */
async function typeUntil(
  person: Person,
  conversationId: string,
  isSeen: () => boolean,
  text?: string,
): Promise<void> {
  for (let times = 1; times <= 15 && !isSeen(); times += 1) {
    person.connection.hint('typing', {
      conversationId,
      isTyping: true,
      ...(text === undefined ? {} : { text }),
    })
    await waitFor(isSeen, 300).catch(() => {})
  }
  if (!isSeen()) throw new Error(`${person.name} was never seen typing`)
}

async function signIn(story: Story): Promise<Person> {
  const { site, everybody, conversationId } = story
  const person = findPerson('oluwaseun')
  if (!person) throw new Error('Oluwaseun is not in the cast')
  const oluwaseun = await site.visitor({
    visitorToken: everybody.anonymous.headers.authorization?.slice('Bearer '.length) ?? '',
    identityToken: await identityToken(person, site.world.parts.clock),
  })
  await oluwaseun.ask('moveConversations', { requestId: 'move-along', conversationIds: [conversationId] })
  await follow(story, 'oluwaseun', oluwaseun)
  return oluwaseun
}

async function passToSupport(story: Story): Promise<void> {
  const { elin, priya } = story.everybody
  const wish = () => wishIn(story)
  await elin.person.ask('transferConversation', {
    ...wish(),
    to: { kind: 'queue', queueId: 'que_support' },
    reason: said.vendorsReason,
  })
  await waitFor(() => hasForgotten(story, elin.person))
  await follow(story, 'priya', priya.person)
  await story.oluwaseun.ask('sendMessage', { ...wish(), text: said.afterTransfer })
  await priya.person.ask('takeConversation', wish())
  await priya.person.ask('sendMessage', { ...wish(), text: said.supportsAnswer })
  await priya.person.ask('addNote', { ...wish(), text: said.supportsNote })
}

async function passToPayments(story: Story): Promise<void> {
  const { priya, jonas } = story.everybody
  const wish = () => wishIn(story)
  await priya.person.ask('transferConversation', {
    ...wish(),
    to: { kind: 'queue', queueId: 'que_payments' },
    reason: said.supportsReason,
  })
  await waitFor(() => hasForgotten(story, priya.person))
  await follow(story, 'jonas', jonas.person)
  await jonas.person.ask('takeConversation', wish())
  await story.oluwaseun.ask('sendMessage', { ...wish(), text: said.afterPriya })
  await waitFor(() => JSON.stringify(story.feeds.get('jonas')?.get().events).includes(said.afterPriya))
}

async function everybodyAsksForEverything({ everybody, conversationId, answers }: Story): Promise<void> {
  const search = Object.values(said).map((text) => ({ view: 'all', search: text }))
  for (const [name, asker] of Object.entries(everybody) as [Name, Everybody[Name]][]) {
    const heard: unknown[] = []
    answers.set(name, heard)
    const asks: [CommandName, object][] = [
      ['readConversation', { conversationId }],
      ['viewContact', { conversationId }],
      ['describePlace', { conversationId }],
      ['listConversations', {}],
      ['describeChoices', {}],
      ['listColleagues', {}],
      ['listCannedReplies', {}],
      ['countInbox', {}],
      ['listInbox', { view: 'closed' }],
      ...search.map((filter): [CommandName, object] => ['listInbox', filter]),
    ]
    for (const [command, input] of asks)
      for (const way of ['bySocket', 'byHttp'] as const) heard.push(await asker[way](command, input))
  }
}
