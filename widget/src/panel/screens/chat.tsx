import { newRequestId } from '@parley/shared/client/request-id.ts'
import type { Conversation } from '@parley/shared/conversation/conversation.ts'
import { roomOf } from '@parley/shared/conversation/room.ts'
import type { ConversationId } from '@parley/shared/ids.ts'
import type { Typing } from '@parley/shared/protocol/ephemeral.ts'
import { useEffect, useState } from 'preact/hooks'
import { say } from '../../i18n/words.ts'
import { brief } from '../choices.ts'
import { connection } from '../connect.ts'
import { feedOf } from '../follow.ts'
import { isOwn, othersIn, partyOf } from '../own.ts'
import { nameOf } from '../parts/bubble.tsx'
import { Composer } from '../parts/composer.tsx'
import { Header } from '../parts/header.tsx'
import { Icon } from '../parts/icon.tsx'
import { part } from '../parts/later.ts'
import { Menu } from '../parts/menu.tsx'
import { Strip } from '../parts/strip.tsx'
import { Thread } from '../parts/thread.tsx'
import { useFeed } from '../parts/use.ts'
import { refusalText } from '../refusal.ts'
import { getState, type Screen, show, site } from '../state.ts'

const typingMs = 6_000
const ended = part(() => import('../ended.ts'))
const report = part(() => import('../report.ts'))
const queue = part(() => import('../queue.ts'))

/** An open chat, and one that has ended. */
export function Chat(props: { screen: Extract<Screen, { name: 'chat' }>; conversationId: ConversationId }) {
  const { screen, conversationId } = props
  const feed = feedOf(conversationId)
  const view = useFeed(feed)
  const { conversation, events } = view
  const typing = useTyping(conversationId)
  const isClosed = conversation?.status === 'closed'
  const isWaiting = conversation?.status === 'waiting' || conversation?.status === 'offered'
  const isInLine = isWaiting && !conversation.isLeftMessage
  const [isReporting, setReporting] = useState(false)
  const endedPart = ended.now(isClosed)
  const reportPart = report.now(isReporting)
  const queuePart = queue.now(isInLine)
  const { problem, isShown, isOffline, choices, context } = getState()
  const canMail = choices?.canMailTranscript ?? site.canMailTranscript
  const counterpart = conversation?.with ?? screen.choice?.with
  const name = counterpart?.name ?? ''
  const room = conversation && roomOf(conversation)

  function end(): void {
    void connection.ask('closeConversation', { conversationId, requestId: newRequestId() })
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
        title={titleOf(conversation) ?? (name || say('loading'))}
        party={counterpart && partyOf(counterpart.kind)}
        word={
          room ? othersIn(room) : counterpart?.kind === 'support' && conversation?.assignee ? name : undefined
        }
        state={isInLine || isOffline ? undefined : stateOf(conversation, counterpart?.kind)}
        back={() => show({ name: 'choose' })}
      >
        <Menu
          entries={{
            report: conversation ? () => setReporting(true) : undefined,
            end: conversation && !isClosed && !room ? end : undefined,
          }}
        />
      </Header>
      <Strip about={conversation?.about ?? context} />
      <Thread
        view={view}
        feed={feed}
        conversationId={conversationId}
        before={queuePart && isInLine && <queuePart.Queue conversation={conversation} onLeave={end} />}
        after={
          <>
            {isWaiting && events.some((event) => event.type === 'messageSent') && (
              <p class="line">
                <Icon name="clock" small />
                <span>
                  {say(!conversation.isLeftMessage ? 'savedFirst' : canMail ? 'leftMessage' : 'leftHere')}
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
            {reportPart && isReporting && (
              <reportPart.Report conversationId={conversationId} onDone={() => setReporting(false)} />
            )}
            {endedPart && isClosed && <endedPart.Rating conversation={conversation} events={events} />}
          </>
        }
      />
      {endedPart && isClosed ? (
        <endedPart.Foot conversation={conversation} send={feed.send} />
      ) : (
        <Composer
          key={`${isShown}`}
          conversationId={conversationId}
          placeholder={say(isWaiting ? 'writeWaiting' : 'write')}
          problem={problem}
          send={feed.send}
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
        !conversation ||
        !('vendorId' in conversation.with) ||
        one.vendorId === conversation.with.vendorId),
  )
  if (!choice) return
  if (conversation?.assignee && choice.isAvailable) return say('onlineState')
  return brief(choice, new Date())
}

function useTyping(conversationId: string | null): Typing['who'] | null {
  const [typing, setTyping] = useState<Typing | null>(null)
  useEffect(() => {
    let timer: ReturnType<typeof setTimeout> | undefined
    const forget = connection.on('typing', (next) => {
      if (next.conversationId !== conversationId || isOwn(next.who)) return
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
