import type { ConversationFeed } from '@parley/shared/client/feed.ts'
import type { Author } from '@parley/shared/people.ts'
import { say } from '../../i18n/words.ts'
import { refusalText } from '../refusal.ts'
import { site } from '../state.ts'
import type { Item, MessageState, Shown } from '../thread.ts'
import { clock } from '../when.ts'
import { Glyph } from './glyph.tsx'
import { partyWord, Tile } from './header.tsx'
import { Icon } from './icon.tsx'
import { Text } from './text.tsx'
import { useLasting, usePart } from './use.ts'

const loadFiles = () => import('../files.ts')

/** “Vendor”, “Moderator”, “Marlow support”: the word that goes with the shape. */
export function wordFor(by: Author): string {
  if (by.party === 'moderator') return say('moderator')
  return by.party === 'support' ? say('support', site.branding.name) : partyWord(by.party)
}

export function nameOf(by: Author): string {
  return by.of ?? by.name
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
      {last && last.state !== 'refused' && <Meta message={last} isTold={last.key === lastOwn} />}
    </div>
  )
}

function Message({ message, feed }: { message: Shown; feed: ConversationFeed | null }) {
  const { by, text, files, at, state } = message
  const part = usePart(loadFiles, files.length > 0)
  const reader = by ? `${wordFor(by)}, ${nameOf(by)}, ${clock(at)}` : `${say('you')}, ${clock(at)}`
  return (
    <article tabIndex={-1} class={`message ${state}`}>
      <span class="aside">{reader}: </span>
      {text && (
        <div class="bubble" dir="auto">
          <Text text={text} />
        </div>
      )}
      {message.isRedacted && <div class="bubble removed">{say('removed')}</div>}
      {part && <part.Files files={files} />}
      {message.rejected && <p class="meta bad">{message.rejected}</p>}
      {message.pending?.state === 'refused' && <NotSent message={message} feed={feed} />}
    </article>
  )
}

function NotSent({ message, feed }: { message: Shown; feed: ConversationFeed | null }) {
  const { pending, key } = message
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

const words: Record<Exclude<MessageState, 'refused'>, Parameters<typeof say>[0]> = {
  sending: 'sending',
  waiting: 'waiting',
  sent: 'sent',
  delivered: 'delivered',
  read: 'read',
  held: 'held',
  rejected: 'notLetThrough',
}

function Meta({ message, isTold }: { message: Shown; isTold: boolean }) {
  const { state, at, by } = message
  if (state === 'refused') return null
  if (state === 'sending') return <Sending at={at} />
  return (
    <p class={`meta ${by ? '' : state}`}>
      <time dateTime={at}>{clock(at)}</time>
      {!by && (isTold || state === 'held' || state === 'rejected') && (
        <>
          {say('comma')}
          {say(words[state])}
          {state === 'waiting' || state === 'held' ? (
            <Icon name="clock" small />
          ) : state === 'rejected' ? (
            <Icon name="alert" small />
          ) : state === 'sent' ? (
            <Icon name="check" small />
          ) : (
            <Glyph name="double" small />
          )}
        </>
      )}
    </p>
  )
}

// Most messages are there before anybody could read the word.
function Sending({ at }: { at: string }) {
  const isSlow = useLasting(400)
  return (
    <p class="meta">
      {isSlow ? (
        <>
          {say('sending')}
          <Icon name="clock" small />
        </>
      ) : (
        clock(at)
      )}
    </p>
  )
}
