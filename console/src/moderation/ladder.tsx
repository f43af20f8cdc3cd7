import type { Conversation } from '@parley/shared/conversation/conversation.ts'
import { isRoom } from '@parley/shared/conversation/room.ts'
import { DoorOpen, Ear, Eye, Hand, type IconNode, Undo2 } from 'lucide'
import { shownKeys } from '../keys/shown-keys.ts'
import { Icon } from '../parts/icon.tsx'
import styles from './ladder.module.css'

export type Rung = 'watch' | 'whisper' | 'join' | 'takeOver' | 'handBack'

interface RungWords {
  rung: Rung
  icon: IconNode
  word: string
  effect: string
  isPressed: boolean
  /** Why it cannot be pressed now. */
  why: string | null
}

export function rungsOf(
  { moderation, status, with: counterpart }: Conversation,
  ownId: string,
  isWhispering: boolean,
): RungWords[] {
  const { stage, moderator } = moderation
  const isOwn = moderator?.memberId === ownId
  const isInRoom = isRoom({ with: counterpart })
  const isElsewhere = counterpart.kind === 'support'
  const never = isElsewhere
    ? 'Only between a customer and a vendor'
    : status === 'closed'
      ? 'It is closed'
      : null
  const other = !isOwn && moderator !== null ? `${moderator.name} is in it` : null
  const rungs: RungWords[] = [
    {
      rung: 'watch',
      icon: Eye,
      word: 'Watch',
      effect: 'Unseen',
      isPressed: !isOwn && !isWhispering,
      why: isOwn && stage === 'takenOver' ? 'Hand back first' : null,
    },
    {
      rung: 'whisper',
      icon: Ear,
      word: 'Whisper',
      effect: 'Vendor only',
      isPressed: isWhispering,
      why: never,
    },
    {
      rung: 'join',
      icon: DoorOpen,
      word: 'Join',
      effect: isInRoom ? 'Seen by all' : 'Seen by both',
      isPressed: isOwn && stage === 'joined',
      why: never ?? other ?? (stage === 'takenOver' ? 'You have taken over' : null),
    },
    {
      rung: 'takeOver',
      icon: Hand,
      word: 'Take over',
      effect: isInRoom ? 'All wait' : 'Vendor waits',
      isPressed: isOwn && stage === 'takenOver',
      why: never,
    },
    {
      rung: 'handBack',
      icon: Undo2,
      word: 'Hand back',
      effect: 'When done',
      isPressed: false,
      why: isOwn && stage === 'takenOver' ? null : 'Nothing is taken over by you',
    },
  ]
  // A room has no side that a whisper could be kept from.
  return isInRoom ? rungs.filter(({ rung }) => rung !== 'whisper') : rungs
}

export function Ladder({ rungs, onPress }: { rungs: RungWords[]; onPress: (rung: Rung) => void }) {
  return (
    <div class={styles.ladder} role="toolbar" aria-label="How far you step in">
      {rungs.map(({ rung, icon, word, effect, isPressed, why }) => (
        <button
          key={rung}
          type="button"
          class={styles.rung}
          aria-pressed={isPressed}
          aria-disabled={why !== null || undefined}
          aria-keyshortcuts={shownKeys(rung)}
          title={why ?? tipOf(word, effect, shownKeys(rung))}
          onClick={() => why === null && onPress(rung)}
        >
          <Icon node={icon} size={18} />
          <b>{word}</b>
          <span>{effect}</span>
          {why !== null && <span class="visually-hidden">. {why}</span>}
        </button>
      ))}
    </div>
  )
}

function tipOf(word: string, effect: string, keys: string | undefined): string {
  return `${word}: ${effect.toLowerCase()}${keys === undefined ? '' : ` (${keys})`}`
}
