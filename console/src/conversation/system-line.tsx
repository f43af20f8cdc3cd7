import {
  ArrowRightLeft,
  Check,
  ChevronDown,
  ChevronRight,
  CircleSlash,
  Eraser,
  Eye,
  FileText,
  Flag,
  Hand,
  Hourglass,
  type IconNode,
  IdCard,
  Moon,
  Play,
  RotateCcw,
  Shield,
  ShieldAlert,
  Star,
  UserCheck,
  UserPlus,
} from 'lucide'
import { useState } from 'preact/hooks'
import { Icon } from '../parts/icon.tsx'
import { clockTime, fullTime } from '../times.ts'
import { describeEvent, type QuietEvent } from './describe-event.ts'
import styles from './system-line.module.css'

const icons: Record<QuietEvent['type'], IconNode> = {
  conversationStarted: Play,
  contactDetailsGiven: IdCard,
  customerIdentified: UserCheck,
  offerMade: UserPlus,
  offerLapsed: UserPlus,
  assigned: UserCheck,
  transferred: ArrowRightLeft,
  transferExplained: ArrowRightLeft,
  snoozed: Moon,
  unsnoozed: Moon,
  conversationClosed: Check,
  conversationReopened: RotateCcw,
  conversationRated: Star,
  transcriptRequested: FileText,
  moderatorJoined: Shield,
  moderatorLeft: Shield,
  takenOver: ShieldAlert,
  handedBack: Shield,
  holdingStarted: Hourglass,
  holdingStopped: Hourglass,
  moderationExplained: Shield,
  vendorMessageRejected: CircleSlash,
  customerMessageRejected: CircleSlash,
  messageFlagged: Flag,
  flagsResolved: Flag,
  messageRestored: Eye,
  messageRedacted: Eraser,
  conversationReported: Flag,
  handRaised: Hand,
  handLowered: Hand,
  customerBlocked: CircleSlash,
  customerUnblocked: UserCheck,
  conversationErased: Eraser,
}

interface Told {
  ownId: string
  now: number
  isInRoom?: boolean
}

export function SystemLine({ event, ownId, now, isInRoom }: { event: QuietEvent } & Told) {
  return (
    <p class={styles.line}>
      <Icon node={icons[event.type]} size={14} />
      <span class={styles.words}>{describeEvent(event, ownId, now, isInRoom)}</span>
      <time class={styles.time} dateTime={event.at} title={fullTime(event.at)}>
        {clockTime(event.at)}
      </time>
    </p>
  )
}

export function FoldedLines({ events, ...told }: { events: readonly QuietEvent[] } & Told) {
  const [isOpen, setOpen] = useState(false)
  return (
    <div>
      <button type="button" class={styles.fold} aria-expanded={isOpen} onClick={() => setOpen(!isOpen)}>
        <Icon node={isOpen ? ChevronDown : ChevronRight} size={14} />
        {events.length} changes
      </button>
      {isOpen && events.map((event) => <SystemLine key={event.position} event={event} {...told} />)}
    </div>
  )
}
