import type { Connection } from '@parley/shared/client/connection.ts'
import { newRequestId } from '@parley/shared/client/request-id.ts'
import { isWatchedOver } from '@parley/shared/conversation/room.ts'
import type { InboxRow, Me } from '@parley/shared/protocol/reading.ts'
import type { Refusal } from '@parley/shared/protocol/refusals.ts'
import { ChevronRight, FileX2, Package, X } from 'lucide'
import { useEffect, useRef, useState } from 'preact/hooks'
import { resolve, type TransferTarget } from '../acts/conversation-acts.ts'
import { Composer } from '../composer/composer.tsx'
import { type ComposerMode, draftKey, keptDraft } from '../composer/drafts.ts'
import { useAttachments } from '../composer/use-attachments.ts'
import { orderName } from '../inbox/row-words.ts'
import { shownKeys } from '../keys/shown-keys.ts'
import { ReasonDialog, type ReasonWish } from '../moderation/reason-dialog.tsx'
import { endWish, redactWish } from '../moderation/reason-wishes.ts'
import { lookedAt } from '../notify/news.ts'
import { Button } from '../parts/button.tsx'
import { Sheet } from '../parts/dialog.tsx'
import { Empty } from '../parts/empty.tsx'
import { Icon } from '../parts/icon.tsx'
import { IconButton } from '../parts/icon-button.tsx'
import { Skeleton } from '../parts/skeleton.tsx'
import { preferences } from '../preferences.ts'
import { me } from '../session.ts'
import { width } from '../shell/width.ts'
import { Banner } from './banner.tsx'
import { beforeReply } from './can-reply.ts'
import { ColleaguesLine } from './colleagues-line.tsx'
import { ConversationHeader } from './conversation-header.tsx'
import styles from './conversation-pane.module.css'
import { Details } from './details.tsx'
import { FailedAct } from './failed-act.tsx'
import { Log } from './log.tsx'
import { useRevealed } from './masked-value.tsx'
import { moderatingOf } from './moderating.tsx'
import { OfflineStrip } from './offline-strip.tsx'
import { openFeed } from './open-feeds.ts'
import { isOurs } from './ours.ts'
import { readMentions } from './read-mentions.ts'
import { titleOf } from './room-words.ts'
import { selfOf } from './self.ts'
import { SnoozeDialog } from './snooze-dialog.tsx'
import { type Subject, subjectOf } from './subject.ts'
import { TransferDialog } from './transfer-dialog.tsx'
import { useTyping, useViewing } from './use-colleagues.ts'
import { useConversationCommands } from './use-conversation-commands.ts'
import { useTone } from './use-tone.ts'
import { whenSent } from './when-sent.ts'

export interface ConversationPaneProps {
  connection: Connection
  conversationId: string
  /** From the list, so that the frame stands before the log has come. */
  row: InboxRow | null
  onBack: () => void
  onRead: () => void
  onNext: () => void
  onResolved: () => void
}

export function ConversationPane(props: ConversationPaneProps) {
  const { connection, conversationId, row } = props
  const who = me.value
  const { view } = openFeed(connection, conversationId)
  const { conversation, refusal } = view.value
  const subject = subjectOf(conversation, row)
  useEffect(() => {
    lookedAt.value = conversationId
    return () => {
      lookedAt.value = null
    }
  }, [conversationId])
  if (!who) return null
  if (refusal !== null || subject === null)
    return (
      <section class={styles.blank} data-region="conversation" aria-label="Conversation">
        {refusal === null ? (
          <div class={styles.skeleton}>
            <Skeleton hasFace lines={3} />
          </div>
        ) : (
          <Empty
            icon={FileX2}
            title="This conversation is not here"
            actions={<Button onClick={props.onBack}>Back to the list</Button>}
          >
            It was passed on, or it is not yours to see.
          </Empty>
        )}
      </section>
    )
  return <OpenConversation {...props} subject={subject} who={who} />
}

function OpenConversation(props: ConversationPaneProps & { subject: Subject; who: Me }) {
  const { connection, conversationId, subject, who } = props
  const { feed, view } = openFeed(connection, conversationId)
  const held = view.value
  const [mode, setMode] = useState<ComposerMode>('reply')
  const [isWriting, setWriting] = useState(false)
  const [isSheetOpen, setSheetOpen] = useState(false)
  const [transferTo, setTransferTo] = useState<TransferTarget | null | undefined>(undefined)
  const [isSnoozing, setSnoozing] = useState(false)
  const [isDropping, setDropping] = useState(false)
  const attachments = useAttachments(conversationId, keptDraft(draftKey(who, conversationId, 'reply')).files)

  const side = who.role === 'vendor' ? ('vendor' as const) : ('staff' as const)
  const self = selfOf(who)
  const before = beforeReply(subject, who.memberId, who.role)
  const ownMode = !isWriting ? 'viewing' : mode === 'note' ? 'noting' : 'replying'
  const viewers = useViewing(connection, conversationId, who.memberId, ownMode, !held.isLoading)
  const typing = useTyping(connection, conversationId, (by) => isOurs(by, self, subject))

  const isPhone = width.value === 'phone'
  const isWide = width.value === 'wide'
  const hasColumn = isWide && preferences.hasDetails.current.value
  const toggleDetails = () => {
    if (isWide) preferences.hasDetails.choose(!preferences.hasDetails.current.peek())
    else setSheetOpen((open) => !open)
  }
  const conversation = held.conversation
  const [reasonWish, setReasonWish] = useState<ReasonWish | null>(null)
  // What is a vendor's, staff end as moderators do: with a reason. Known from the list too, before the conversation is here.
  const ending = side === 'staff' && isWatchedOver(subject) ? subject : null
  const askWhy = async () => {
    if (ending !== null && (await whenSent(feed))) setReasonWish(endWish(ending))
  }
  const resolveIt = async () => {
    if (ending !== null) return askWhy()
    if ((await whenSent(feed)) && (await resolve(conversationId, subject.customer.name))) props.onResolved()
  }
  useConversationCommands({
    subject,
    ownId: who.memberId,
    hasNotes: side === 'staff',
    onMode: setMode,
    onDetails: toggleDetails,
    onResolve: resolveIt,
    onResolveNext: () => {
      if (ending !== null) return void askWhy()
      props.onNext()
      void whenSent(feed).then((isSent) => isSent && resolve(conversationId, subject.customer.name))
    },
    onBack: props.onBack,
    onTransfer: setTransferTo,
    onSnoozeUntil: () => setSnoozing(true),
  })
  const tone = useTone(connection, conversationId)
  const revealed = useRevealed()
  const addNote = useNote(connection, conversationId)
  const moderating =
    side === 'staff' && conversation !== null
      ? {
          ...moderatingOf(held.events, conversation.flags),
          onRedact: (messageId: string) => setReasonWish(redactWish(conversation, messageId)),
        }
      : undefined

  return (
    <>
      {/* biome-ignore lint/a11y/noStaticElementInteractions: files may be dropped anywhere here; the button does the same */}
      <div
        class={styles.columns}
        onDragOver={(event) => {
          if (!event.dataTransfer?.types.includes('Files')) return
          event.preventDefault()
          setDropping(true)
        }}
        onDragLeave={(event) => {
          if (!event.currentTarget.contains(event.relatedTarget as Node | null)) setDropping(false)
        }}
        onDrop={(event) => {
          event.preventDefault()
          setDropping(false)
          setMode('reply')
          attachments.add([...(event.dataTransfer?.files ?? [])])
        }}
      >
        <section
          class={styles.conversation}
          data-region="conversation"
          aria-label={`Conversation with ${titleOf(subject, who)}`}
        >
          <ConversationHeader
            subject={subject}
            ownId={who.memberId}
            isPhone={isPhone}
            isNarrow={isPhone || width.value === 'small'}
            hasDetailsButton={!isPhone && !hasColumn}
            isDetailsOpen={isSheetOpen}
            onBack={props.onBack}
            onDetails={toggleDetails}
            onResolve={() => void resolveIt()}
            onTransfer={setTransferTo}
            onSnoozeUntil={() => setSnoozing(true)}
            onReason={setReasonWish}
          />
          {isPhone && <AboutStrip subject={subject} onOpen={() => setSheetOpen(true)} />}
          <Banner subject={subject} ownId={who.memberId} role={who.role} />
          <FailedAct conversationId={conversationId} />
          <Log
            view={held}
            self={self}
            side={side}
            typing={typing}
            onEarlier={feed.loadEarlier}
            onRetry={feed.retry}
            onDiscard={feed.discard}
            moderating={moderating}
            tones={tone.messages}
            onRead={(messageId) => {
              feed.mark(messageId)
              props.onRead()
            }}
            onMentionsRead={
              side === 'staff' ? (position) => readMentions(connection, conversationId, position) : undefined
            }
          />
          <ColleaguesLine
            viewers={viewers}
            ownMode={ownMode}
            party={side === 'vendor' ? 'vendor' : 'support'}
          />
          <OfflineStrip unsent={held.pending.length} />
          {subject.status !== 'closed' && (
            <Composer
              connection={connection}
              subject={subject}
              me={who}
              side={side}
              before={before}
              mode={mode}
              onMode={setMode}
              attachments={attachments}
              onSend={feed.send}
              onNote={addNote}
              onResolve={() => void resolveIt()}
              onEscape={props.onBack}
              onWriting={setWriting}
            />
          )}
          {isDropping && <div class={styles.drop}>Drop to attach to your reply</div>}
        </section>
        {hasColumn && (
          <aside class={styles.details} data-region="details" aria-label="Details">
            <header class={styles.detailsHead}>
              <h2>Details</h2>
              <IconButton
                icon={X}
                label="Hide details"
                shortcut={shownKeys('details')}
                onClick={toggleDetails}
              />
            </header>
            <Details
              subject={subject}
              version={versionOf(held.events)}
              dissatisfaction={tone.dissatisfaction}
              revealed={revealed}
            />
          </aside>
        )}
      </div>
      <Sheet title="Details" isOpen={isSheetOpen && !hasColumn} onClose={() => setSheetOpen(false)}>
        <Details
          subject={subject}
          version={versionOf(held.events)}
          dissatisfaction={tone.dissatisfaction}
          revealed={revealed}
        />
      </Sheet>
      <TransferDialog
        subject={subject}
        ownId={who.memberId}
        to={transferTo ?? null}
        isOpen={transferTo !== undefined}
        onClose={() => setTransferTo(undefined)}
      />
      <ReasonDialog wish={reasonWish} onClose={() => setReasonWish(null)} />
      <SnoozeDialog conversationId={conversationId} isOpen={isSnoozing} onClose={() => setSnoozing(false)} />
    </>
  )
}

function AboutStrip({ subject, onOpen }: { subject: Subject; onOpen: () => void }) {
  const { order, product } = subject.about
  const words = order ? orderName(order) : (product?.name ?? subject.topic?.label ?? subject.with.name)
  return (
    <button type="button" class={styles.strip} onClick={onOpen}>
      <Icon node={Package} size={16} />
      <span class={styles.stripWords}>{words}</span>
      <span class={styles.stripEnd}>
        Details <Icon node={ChevronRight} size={16} />
      </span>
    </button>
  )
}

/** The same note asked twice, because no answer came, is stored once. */
function useNote(connection: Connection, conversationId: string) {
  const last = useRef<{ text: string; requestId: string } | null>(null)
  return async (text: string, mentions: string[]): Promise<Refusal | null> => {
    if (last.current?.text !== text) last.current = { text, requestId: newRequestId() }
    const { requestId } = last.current
    const outcome = await connection.ask('addNote', { requestId, conversationId, text, mentions })
    if (!outcome.ok) return outcome.refusal
    last.current = null
    return null
  }
}

/** Grows with each fact that changes what the details show. */
function versionOf(events: readonly { type: string; position: number }[]): number {
  const kinds = [
    'customerIdentified',
    'contactDetailsGiven',
    'transferred',
    'conversationClosed',
    'conversationReopened',
  ]
  return events.findLast((event) => kinds.includes(event.type))?.position ?? 0
}
