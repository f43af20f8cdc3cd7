import type { Connection } from '@parley/shared/client/connection.ts'
import type { Conversation } from '@parley/shared/conversation/conversation.ts'
import { isRoom } from '@parley/shared/conversation/room.ts'
import type { BoardVendor, Me } from '@parley/shared/protocol/reading.ts'
import {
  Ban,
  CircleCheck,
  Ellipsis,
  Eye,
  FileX2,
  HandHelping,
  Hourglass,
  PanelsTopLeft,
  Shield,
  ShieldAlert,
  X,
} from 'lucide'
import { useEffect, useRef, useState } from 'preact/hooks'
import { useLocation } from 'preact-iso'
import { failedAct } from '../acts/conversation-acts.ts'
import { FailedAct } from '../conversation/failed-act.tsx'
import { Log } from '../conversation/log.tsx'
import { type Moderating, moderatingOf } from '../conversation/moderating.tsx'
import { OfflineStrip } from '../conversation/offline-strip.tsx'
import { readMentions } from '../conversation/read-mentions.ts'
import { roomWord } from '../conversation/room-words.ts'
import { selfOf } from '../conversation/self.ts'
import { useTone } from '../conversation/use-tone.ts'
import { firstName, orderName } from '../inbox/row-words.ts'
import { shownKeys } from '../keys/shown-keys.ts'
import { Empty } from '../parts/empty.tsx'
import { Icon } from '../parts/icon.tsx'
import { IconButton } from '../parts/icon-button.tsx'
import { Menu } from '../parts/menu.tsx'
import { PartyTag } from '../parts/party-tag.tsx'
import { Skeleton } from '../parts/skeleton.tsx'
import { paths } from '../paths.ts'
import { clockTime } from '../times.ts'
import { moderate } from './acts.ts'
import styles from './drawer.module.css'
import { holdActOf } from './hold-act.ts'
import { Ladder, type Rung, rungsOf } from './ladder.tsx'
import { ReasonDialog, type ReasonWish } from './reason-dialog.tsx'
import * as wishes from './reason-wishes.ts'
import { useModerationCommands } from './use-moderation-commands.ts'
import { useTyped, useWatched } from './use-watched.ts'
import { type VendorAct, vendorActsOf } from './vendor-wishes.ts'
import { WordsBox } from './words-box.tsx'

export interface DrawerProps {
  connection: Connection
  conversationId: string
  who: Me
  /** Where its vendor stands; null while that is not told. */
  vendor: BoardVendor | null
  /** Asks again where it stands. */
  onVendor: (vendorId: string) => void
  onClose: () => void
}

export function Drawer(props: DrawerProps) {
  const watched = useWatched(props.connection, props.conversationId)
  const conversation = watched?.view.conversation ?? null
  if (watched !== null && watched.view.refusal !== null)
    return (
      <aside class={styles.drawer} data-region="conversation" aria-label="Conversation">
        <Empty icon={FileX2} title="This conversation is not here">
          It is over, or it is not yours to see.
        </Empty>
      </aside>
    )
  if (watched === null || conversation === null)
    return (
      <aside class={styles.drawer} data-region="conversation" aria-label="Conversation">
        <div class={styles.loading}>
          <Skeleton hasFace lines={3} />
        </div>
      </aside>
    )
  return <Opened {...props} watched={watched} conversation={conversation} />
}

type OpenedProps = DrawerProps & {
  watched: NonNullable<ReturnType<typeof useWatched>>
  conversation: Conversation
}

function Opened(props: OpenedProps) {
  const { connection, conversationId, who, vendor, onVendor, onClose, watched, conversation } = props
  const { feed, view } = watched
  const { route } = useLocation()
  const [isWhispering, setWhispering] = useState(false)
  const [wish, setWish] = useState<ReasonWish | null>(null)
  const openedAt = useRef(new Date().toISOString())
  const typed = useTyped(connection, conversationId)
  const tone = useTone(connection, conversationId)
  const isIn = conversation.moderation.moderator?.memberId === who.memberId
  const word = roomWord(conversation)
  const rungs = rungsOf(conversation, who.memberId, isWhispering)

  const vendorId = conversation.with.kind === 'vendor' ? conversation.with.vendorId : null
  const vendorActs = vendorActsOf(conversationId, conversation.with, vendor)
  const hold = holdActOf(conversation, conversation.isHolding)
  // Another moderator may have switched since the board was listed.
  useEffect(() => {
    if (vendorId !== null) onVendor(vendorId)
  }, [vendorId])

  function press(rung: Rung): void {
    setWhispering(rung === 'whisper' && !isWhispering)
    if (rung === 'watch' && isIn) setWish(wishes.leaveWish(conversation))
    if (rung === 'join' && !isIn) setWish(wishes.joinWish(conversation))
    if (rung === 'takeOver' && !(isIn && conversation.moderation.stage === 'takenOver'))
      setWish(wishes.takeOverWish(conversation))
    if (rung === 'handBack') setWish(wishes.handBackWish(conversation))
  }
  const resolveFlags = async (messageId: string | null, verdict: 'confirmed' | 'dismissed') => {
    const refusal = await moderate('resolveFlags', { conversationId, messageId, verdict })
    failedAct.value = refusal === null ? null : { conversationId, refusal }
  }
  const moderating: Moderating = {
    ...moderatingOf(view.events, conversation.flags),
    onRelease: (messageId) => setWish(wishes.releaseWish(conversation, messageId)),
    onReject: (messageId) => setWish(wishes.rejectWish(conversation, messageId)),
    onRestore: (messageId) => setWish(wishes.restoreWish(conversation, messageId)),
    onRedact: (messageId) => setWish(wishes.redactWish(conversation, messageId)),
    onResolve: (messageId, verdict) => void resolveFlags(messageId, verdict),
  }
  const end = () => setWish(wishes.endWish(conversation))
  const block = () =>
    setWish(conversation.isBlocked ? wishes.unblockWish(conversation) : wishes.blockWish(conversation))
  const [firstHeld] = [...conversation.held.vendor, ...conversation.held.customer]
  useModerationCommands({
    rungs,
    onPress: press,
    onEnd: conversation.status === 'closed' ? null : end,
    onBlock: word === null ? block : null,
    isBlocked: conversation.isBlocked,
    acts: hold === null ? vendorActs : [hold, ...vendorActs],
    onAct: (act) => setWish(act.wish),
    onRelease: firstHeld === undefined ? null : () => moderating.onRelease?.(firstHeld),
    onReject: firstHeld === undefined ? null : () => moderating.onReject?.(firstHeld),
    onClose,
  })
  const itemOf = ({ label, icon, shortcut, wish: asked }: VendorAct) => ({
    label,
    icon,
    shortcut: shortcut && shownKeys(shortcut),
    onSelect: () => setWish(asked),
  })
  const order = conversation.about.order
  const isReported = conversation.flags.some(({ messageId }) => messageId === null)

  return (
    <aside
      class={styles.drawer}
      data-region="conversation"
      aria-label={
        word === null
          ? `${conversation.with.name} with ${conversation.customer.name}`
          : conversation.with.name
      }
    >
      <header class={styles.head}>
        <div class={styles.who}>
          <h2 class={styles.name}>
            <bdi>{conversation.with.name}</bdi>
            {word === null && <PartyTag party={conversation.with.kind === 'vendor' ? 'vendor' : 'support'} />}
          </h2>
          <p class={styles.about}>
            {word ?? `with ${conversation.customer.name}`}
            {order && ` · ${orderName(order)}`}
          </p>
        </div>
        <Menu
          label="More"
          align="end"
          groups={[
            {
              items: [
                {
                  label: 'Open in the inbox',
                  icon: PanelsTopLeft,
                  onSelect: () => route(paths.conversation('all', conversationId)),
                },
                ...(conversation.hand === null
                  ? []
                  : [
                      {
                        label: 'Lower the hand',
                        icon: HandHelping,
                        onSelect: () => void moderate('lowerHand', { conversationId }),
                      },
                    ]),
                ...(isReported
                  ? [
                      {
                        label: 'Report looked at',
                        icon: CircleCheck,
                        onSelect: () => void resolveFlags(null, 'confirmed'),
                      },
                    ]
                  : []),
                ...(hold === null ? [] : [itemOf(hold)]),
                ...(word === null
                  ? [
                      {
                        label: conversation.isBlocked ? 'Unblock the customer…' : 'Block the customer…',
                        icon: Ban,
                        onSelect: block,
                      },
                    ]
                  : []),
                ...(conversation.status === 'closed'
                  ? []
                  : [
                      {
                        label: 'End the conversation…',
                        icon: X,
                        shortcut: shownKeys('resolve'),
                        onSelect: end,
                      },
                    ]),
              ],
            },
            ...(vendorActs.length === 0
              ? []
              : [
                  {
                    heading: 'The vendor',
                    items: vendorActs.map(itemOf),
                  },
                ]),
          ]}
          trigger={(trigger) => <IconButton {...trigger} icon={Ellipsis} label="More" />}
        />
        <IconButton icon={X} label="Close" shortcut={shownKeys('back')} onClick={onClose} />
      </header>
      <Strip conversation={conversation} ownId={who.memberId} since={openedAt.current} />
      {conversation.isHolding && (
        <p class={styles.holding} role="status">
          <Icon node={Hourglass} size={16} />
          <span>
            <b>Held by hand.</b>{' '}
            {word === null ? `What ${conversation.with.name} writes` : 'What anybody writes'} waits for a
            moderator.
          </span>
        </p>
      )}
      {conversation.hand !== null && (
        <p class={styles.hand}>
          <b>{conversation.hand.by.name} raised a hand.</b> {conversation.hand.reason}
        </p>
      )}
      <FailedAct conversationId={conversationId} />
      <Log
        view={view}
        self={selfOf(who)}
        side="staff"
        typing={typed === null || typed.text !== '' ? null : typed.name}
        onEarlier={feed.loadEarlier}
        onRetry={feed.retry}
        onDiscard={feed.discard}
        onRead={() => {}}
        onMentionsRead={(position) => readMentions(props.connection, conversationId, position)}
        moderating={moderating}
        tones={tone.messages}
      />
      {typed !== null && typed.text !== '' && (
        <p class={styles.typed} dir="auto">
          <b>{typed.name} is writing:</b> {typed.text}
        </p>
      )}
      <OfflineStrip unsent={view.pending.length} />
      {isWhispering ? (
        <WordsBox
          kind="whisper"
          audience={`Only ${conversation.with.name} sees this. ${firstName(conversation.customer.name)} does not.`}
          onSend={(text, requestId, reason) =>
            moderate('whisper', { conversationId, text, reason }, requestId)
          }
          onEscape={() => setWhispering(false)}
        />
      ) : (
        isIn &&
        conversation.status !== 'closed' && (
          <WordsBox
            kind="reply"
            audience={
              word === null
                ? `${firstName(conversation.customer.name)} and ${conversation.with.name} see this, from you as Moderator.`
                : 'Everybody in the room sees this, from you as Moderator.'
            }
            onSend={async (text) => {
              feed.send(text)
              return null
            }}
            onTyped={() => connection.hint('typing', { conversationId, isTyping: true })}
            onEscape={onClose}
          />
        )
      )}
      <Ladder rungs={rungs} onPress={press} />
      <ReasonDialog
        wish={wish}
        onClose={() => {
          setWish(null)
          if (vendorId !== null) onVendor(vendorId)
        }}
      />
    </aside>
  )
}

/** What the moderator is here, always in sight. */
function Strip({ conversation, ownId, since }: { conversation: Conversation; ownId: string; since: string }) {
  const { stage, moderator } = conversation.moderation
  const isOwn = moderator?.memberId === ownId
  const isInRoom = isRoom(conversation)
  if (stage === 'none')
    return (
      <p class={styles.strip}>
        <Icon node={Eye} size={16} />
        <span>
          <b>Watching silently.</b> {isInRoom ? 'Nobody in the room' : 'Neither side'} can see you.
        </span>
        <time dateTime={since}>Logged {clockTime(since)}</time>
      </p>
    )
  const name = isOwn ? 'You have' : `${moderator?.name ?? 'A moderator'} has`
  return (
    <p class={`${styles.strip} ${stage === 'takenOver' ? styles.over : ''}`}>
      <Icon node={stage === 'takenOver' ? ShieldAlert : Shield} size={16} />
      <span>
        <b>
          {name} {stage === 'takenOver' ? 'taken over.' : 'joined.'}
        </b>{' '}
        {stage === 'takenOver'
          ? isInRoom
            ? 'Nobody else can write here.'
            : `${conversation.with.name} cannot write here.`
          : `${isInRoom ? 'Everybody in the room sees' : 'Both sides see'} a moderator.`}
      </span>
    </p>
  )
}
