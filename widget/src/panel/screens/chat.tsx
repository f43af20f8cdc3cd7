import type { FeedView } from '@parley/shared/client/feed.ts'
import { newRequestId } from '@parley/shared/client/request-id.ts'
import type { Conversation } from '@parley/shared/conversation/conversation.ts'
import type { Typing } from '@parley/shared/protocol/ephemeral.ts'
import type { SentFile } from '@parley/shared/protocol/events.ts'
import { useEffect, useState } from 'preact/hooks'
import { say } from '../../i18n/words.ts'
import { brief } from '../choices.ts'
import { connection } from '../connect.ts'
import { feedOf } from '../inbox.ts'
import { isSoundOn, setSound } from '../notice.ts'
import { nameOf } from '../parts/bubble.tsx'
import { Composer } from '../parts/composer.tsx'
import { Header } from '../parts/header.tsx'
import { Icon } from '../parts/icon.tsx'
import { form } from '../parts/later.ts'
import { Menu } from '../parts/menu.tsx'
import { Queue } from '../parts/queue.tsx'
import { Thread } from '../parts/thread.tsx'
import { useFeed, usePart } from '../parts/use.ts'
import { refusalText } from '../refusal.ts'
import { sayMore, startingNow } from '../starting.ts'
import { getState, type Screen, show, site } from '../state.ts'

const typingMs = 6_000
const loadEnded = () => import('../ended.ts')
const loadReport = () => import('../report.ts')
const nothing: FeedView = {
  conversation: null,
  events: [],
  pending: [],
  marks: [],
  head: 0,
  isComplete: true,
  isLoading: false,
  refusal: null,
}

export function Chat({ screen }: { screen: Extract<Screen, { name: 'chat' }> }) {
  const { conversationId } = screen
  const feed = conversationId ? feedOf(conversationId) : null
  const view = useFeed(feed) ?? startingView()
  const { conversation } = view
  const typing = useTyping(conversationId)
  const isClosed = conversation?.status === 'closed'
  const isWaiting = conversation?.status === 'waiting' || conversation?.status === 'offered'
  const ended = usePart(loadEnded, isClosed)
  const [isReporting, setReporting] = useState(false)
  const report = usePart(loadReport, isReporting)
  const { problem, isShown, choices } = getState()
  const canMail = choices?.canMailTranscript ?? site.canMailTranscript
  const counterpart = conversation?.with ?? screen.choice?.with ?? startingNow()?.choice.with
  const name = counterpart?.name ?? ''

  async function end(): Promise<void> {
    if (conversationId)
      await connection.ask('closeConversation', { conversationId, requestId: newRequestId() })
  }
  function send(text: string, files: SentFile[]): void {
    if (feed) feed.send(text, files)
    else if (startingNow()) sayMore(text)
    else if (screen.choice) {
      const { choice } = screen
      const ids = files.map((file) => file.fileId)
      void form.fetch().then((loaded) => loaded.start(choice, getState().answers, text, ids))
    }
  }

  if (view.refusal)
    return (
      <>
        <Header title={say('help', site.branding.name)} back={() => show({ name: 'choose' })} />
        <div class="body">
          <p>{refusalText(view.refusal)}</p>
        </div>
      </>
    )
  return (
    <>
      <Header
        title={titleOf(conversation) ?? name}
        party={counterpart?.kind ?? 'support'}
        word={counterpart?.kind === 'support' && conversation?.assignee ? name : undefined}
        state={stateOf(conversation, counterpart?.kind)}
        back={() => show({ name: 'choose' })}
      >
        <Menu
          entries={[
            {
              text: say(isSoundOn() ? 'soundOff' : 'soundOn'),
              run: () => setSound(!isSoundOn()),
            },
            ...(conversation ? [{ text: say('report'), run: () => setReporting(true) }] : []),
            ...(conversation && !isClosed ? [{ text: say('end'), run: () => void end() }] : []),
          ]}
        />
      </Header>
      <Strip conversation={conversation} />
      <Thread
        view={view}
        feed={feed}
        conversationId={conversationId}
        before={
          <>
            {conversation && isWaiting && !conversation.isLeftMessage && (
              <Queue conversation={conversation} onLeave={() => void end()} />
            )}
            {!conversation && view.pending.length === 0 && !view.isLoading && (
              <p class="line">{say('emptyHint', name)}</p>
            )}
          </>
        }
        after={
          <>
            {isWaiting && view.events.some((event) => event.type === 'messageSent') && (
              <p class="line">
                <Icon name="clock" small />
                <span>
                  {say(!conversation?.isLeftMessage ? 'savedFirst' : canMail ? 'leftMessage' : 'leftHere')}
                </span>
              </p>
            )}
            <p class="typing" role="status">
              {typing && (
                <>
                  <span class="dots" aria-hidden="true">
                    <i />
                    <i />
                    <i />
                  </span>
                  <span>{say('typing', nameOf(typing))}</span>
                </>
              )}
            </p>
            {report && isReporting && conversationId && (
              <report.Report conversationId={conversationId} onDone={() => setReporting(false)} />
            )}
            {ended && conversation && isClosed && (
              <ended.Rating conversation={conversation} events={view.events} />
            )}
          </>
        }
      />
      {ended && conversation && isClosed ? (
        <ended.Foot conversation={conversation} send={send} />
      ) : (
        <Composer
          key={`${isShown && conversationId}`}
          conversationId={conversationId}
          placeholder={say(isWaiting ? 'writeWaiting' : 'write')}
          problem={problem}
          send={send}
        />
      )}
    </>
  )
}

function titleOf(conversation: Conversation | null): string | undefined {
  if (!conversation) return
  return conversation.with.kind === 'support' ? conversation.assignee?.name : undefined
}

function stateOf(conversation: Conversation | null, kind = 'support'): string | undefined {
  if (conversation?.status === 'closed') return say('chatEnded')
  const choice = getState().choices?.choices.find(
    ({ with: one }) =>
      one.kind === kind &&
      (one.kind === 'support' ||
        conversation?.with.kind !== 'vendor' ||
        one.vendorId === conversation.with.vendorId),
  )
  if (!choice) return
  if (conversation?.assignee && choice.isAvailable) return say('onlineState')
  return brief(choice, new Date())
}

function Strip({ conversation }: { conversation: Conversation | null }) {
  const { product, order } = conversation?.about ?? getState().context
  const label = product?.name ?? order?.label ?? (order && say('order', order.id))
  const image = product?.image ?? order?.image
  if (!label) return null
  const price = product && 'price' in product ? product.price : undefined
  return (
    <p class="strip">
      {image ? (
        <img
          src={image}
          alt=""
          onError={(event) => {
            event.currentTarget.hidden = true
          }}
        />
      ) : (
        <Icon name="bag" />
      )}
      <bdi>{[label, price].filter(Boolean).join(', ')}</bdi>
    </p>
  )
}

/** The chat that waits to be opened, shown like any other. */
function startingView(): FeedView {
  const starting = startingNow()
  if (!starting) return nothing
  const state = getState().connection === 'online' ? 'sending' : 'waiting'
  const texts = [starting.wish.text ?? '', ...starting.more].filter(Boolean)
  const pending = texts.map((text, index) => ({
    requestId: `${starting.wish.requestId}${index}`,
    conversationId: '',
    text,
    files: [],
    at: starting.at,
    state: state as 'sending' | 'waiting',
  }))
  return { ...nothing, pending }
}

function useTyping(conversationId: string | null): Typing['who'] | null {
  const [typing, setTyping] = useState<Typing | null>(null)
  useEffect(() => {
    let timer: ReturnType<typeof setTimeout> | undefined
    const forget = connection.on('typing', (next) => {
      if (next.conversationId !== conversationId || next.who.side === 'customer') return
      setTyping(next)
      clearTimeout(timer)
      timer = setTimeout(() => setTyping(null), typingMs)
    })
    const done = connection.on('event', (event) => {
      if (event.conversationId === conversationId && event.type === 'messageSent') setTyping(null)
    })
    return () => {
      clearTimeout(timer)
      forget()
      done()
    }
  }, [conversationId])
  return typing?.isTyping ? typing.who : null
}
