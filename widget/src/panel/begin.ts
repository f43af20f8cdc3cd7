import { newRequestId } from '@parley/shared/client/request-id.ts'
import type { CommandWish } from '@parley/shared/protocol/commands.ts'
import type { Choice } from '@parley/shared/protocol/reading.ts'
import { aboutOf } from './about.ts'
import { type Answers, canSkip, questions } from './intake.ts'
import { hasWritten } from './sound.ts'
import { wake } from './starting.ts'
import { change, getState, keep, recall, show, site, watch } from './state.ts'

/** A chat on its way to being opened: kept until the server has answered for good. */
export interface Starting {
  wish: CommandWish<'startConversation'>
  choice: Choice
  /** Written while it was on its way. */
  more: string[]
  at: string
}

/** What the form begins with: what is known, under what was typed before. */
function firstAnswers(choice: Choice): Answers {
  const { choices, context } = getState()
  const me = choices?.me
  const known = {
    name: me?.name,
    email: me?.email,
    role: me?.isVerified ? me.role : '',
    order: context.order?.id,
  }
  const answers: Answers = {}
  for (const { id, filledBy, type } of choice.form.fields) {
    // A trigger or the page may have begun the message and chosen the topic.
    const given = { order: known.order, topic: context.topic, longText: recall('draft:') }
    const value = filledBy ? known[filledBy] : given[type as 'order']
    if (value) answers[id] = value
  }
  return { ...answers, ...JSON.parse(recall('form') ?? '{}') }
}

const patienceMs = 3_000

const isKnown = () => !getState().identity || getState().choices !== null

/** Who has signed in is known in a moment: better than a form that asks what is known and then takes it back. */
function heard(): Promise<void> {
  const isSettled = () => isKnown() || getState().isOffline
  return new Promise((resolve) => {
    if (isSettled()) return resolve()
    const end = () => {
      clearTimeout(timer)
      forget()
      resolve()
    }
    const timer = setTimeout(end, patienceMs)
    const forget = watch(() => isSettled() && end())
  })
}

/** The form, or straight to the composer when there is nothing left to ask. */
export async function begin(wanted: Choice): Promise<void> {
  const { screen } = getState()
  await heard()
  const { choices, context } = getState()
  // Gone elsewhere meanwhile, or pressed twice.
  if (getState().screen !== screen) return
  const choice = choices?.choices.find((one) => one.with.kind === wanted.with.kind) ?? wanted
  const answers = firstAnswers(choice)
  const asked = questions(choice, site.topics, choices?.me, context, answers)
  change({ answers, faults: {} })
  show(canSkip(asked) ? { name: 'chat', conversationId: null, choice } : { name: 'form', choice })
  if (!isKnown()) beginAgainOnceKnown(choice)
}

/** Patience has ended before the answer came: a form nobody has touched yet gives way to what it makes needless. */
function beginAgainOnceKnown(choice: Choice): void {
  const { screen, answers } = getState()
  const forget = watch(() => {
    const now = getState()
    if (now.screen === screen && !isKnown()) return
    forget()
    if (now.screen === screen && now.answers === answers) void begin(choice)
  })
}

export function start(choice: Choice, answers: Answers, text: string, fileIds: string[] = []): void {
  const { context, page } = getState()
  const starting: Starting = {
    wish: {
      requestId: newRequestId(),
      with:
        choice.with.kind === 'vendor'
          ? { kind: 'vendor', vendorId: choice.with.vendorId }
          : { kind: 'support' },
      about: aboutOf(context, page),
      answers,
      ...(text ? { text } : {}),
      fileIds,
      locale: navigator.language,
      timeZone: Intl.DateTimeFormat().resolvedOptions().timeZone,
    },
    choice,
    more: [],
    at: new Date().toISOString(),
  }
  keep('starting', JSON.stringify(starting))
  if (text) keep('draft:', null)
  // The name and address serve the next form too; what was asked this time does not.
  const lasting = choice.form.fields.filter(({ filledBy }) => filledBy === 'name' || filledBy === 'email')
  keep('form', JSON.stringify(Object.fromEntries(lasting.map(({ id }) => [id, answers[id] ?? '']))))
  show({ name: 'chat', conversationId: null, choice, place: starting.wish.requestId })
  void wake()
  hasWritten()
}
