import type { ConversationFeed } from '@parley/shared/client/feed.ts'
import type { Author } from '@parley/shared/people.ts'
import { type Key, say } from '../../i18n/words.ts'
import { isOfTerms, loadTerms, refusalText } from '../refusal.ts'
import { site } from '../state.ts'
import type { Item, MessageState, Shown } from '../thread.ts'
import { clock } from '../when.ts'
import { partyWord, Tile } from './header.tsx'
import { Icon } from './icon.tsx'
import { part } from './later.ts'
import { Meta } from './meta.tsx'
import { Text } from './text.tsx'

const loaded = part(() => import('../files.ts'))

/** “Vendor”, “Moderator”, “Marlow support”: the word that goes with the shape. A buyer among buyers is a name alone. */
function wordFor(by: Author): string {
  if (by.party === 'buyer') return ''
  if (by.party === 'moderator') return say('moderator')
  return by.party === 'support' ? say('support', site.branding.name) : partyWord(by.party)
}

export function nameOf(by: Author): string {
  return by.of ?? by.name
}

/** “Vendor, Kiln & Thread”: for those who listen. */
export function spokenName(by: Author): string {
  return [wordFor(by), nameOf(by)].filter(Boolean).join(say('comma'))
}

export function Group(props: {
  group: Extract<Item, { kind: 'group' }>
  lastOwn: string | undefined
  feed: ConversationFeed | null
}) {
  const { group, lastOwn, feed } = props
  const { by, messages } = group
  const last = messages.at(-1)
  return (
    <div class={`group ${by ? `other ${by.party}` : 'own'}`}>
      {by && (
        <p class="sender" aria-hidden="true">
          <Tile party={by.party} />
          <strong>
            <bdi>{nameOf(by)}</bdi>
          </strong>
          <b class={by.party}>{wordFor(by)}</b>
        </p>
      )}
      {messages.map((message) => (
        <Message key={message.key} message={message} feed={feed} />
      ))}
      {last && last.state !== 'refused' && <Told message={last} isTold={last.key === lastOwn} />}
    </div>
  )
}

/** Whoever the marketplace does not answer for: between their link and its page stands one of ours. */
function isStranger(by: Author | null): boolean {
  return by?.party === 'vendor' || by?.party === 'buyer'
}

function Message({ message, feed }: { message: Shown; feed: ConversationFeed | null }) {
  const { by, text, files, at, state } = message
  const filesPart = loaded.now(files.length > 0)
  const reader = by ? `${spokenName(by)}, ${clock(at)}` : `${say('you')}, ${clock(at)}`
  return (
    <article tabIndex={-1} class={`message ${state}`}>
      <span class="aside">{reader}: </span>
      {text && (
        <div class="bubble" dir="auto">
          <Text text={text} leave={isStranger(by) ? 'leave#' : ''} />
        </div>
      )}
      {message.isRedacted && <div class="bubble removed">{say('removed')}</div>}
      {filesPart && files.length > 0 && <filesPart.Files files={files} />}
      {message.rejected && <p class="meta bad">{message.rejected}</p>}
      {message.pending?.state === 'refused' && <NotSent message={message} feed={feed} />}
    </article>
  )
}

const terms = part(loadTerms)

function NotSent({ message, feed }: { message: Shown; feed: ConversationFeed | null }) {
  const { pending, key } = message
  terms.now(pending?.refusal && isOfTerms(pending.refusal))
  return (
    <p class="meta bad" role="alert">
      <Icon name="alert" small />
      {say('notSent')}
      <button type="button" class="link" onClick={() => feed?.retry(key)}>
        {say('tryAgain')}
      </button>
      <button type="button" class="link" onClick={() => feed?.discard(key)}>
        {say('remove')}
      </button>
      {pending?.refusal && <span>{refusalText(pending.refusal)}</span>}
    </p>
  )
}

const words: Record<Exclude<MessageState, 'refused'>, Key> = {
  sending: 'sending',
  waiting: 'waiting',
  sent: 'sent',
  delivered: 'delivered',
  read: 'read',
  held: 'held',
  rejected: 'notLetThrough',
}

function Told({ message, isTold }: { message: Shown; isTold: boolean }) {
  const { state, at, by } = message
  if (state === 'refused') return null
  if (by) return <Meta at={at} />
  const isSpecial = state === 'sending' || state === 'held' || state === 'rejected'
  const name =
    state === 'rejected'
      ? 'alert'
      : state === 'sent'
        ? 'check'
        : state === 'delivered' || state === 'read'
          ? 'double'
          : 'clock'
  const icon = <Icon name={name} small />
  return <Meta at={at} state={state} word={isTold || isSpecial ? words[state] : undefined} icon={icon} />
}
