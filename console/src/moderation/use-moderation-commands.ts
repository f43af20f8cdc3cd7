import { Ban, Check, CircleSlash, DoorOpen, Ear, Eye, Hand, type IconNode, Undo2, X } from 'lucide'
import { type ConsoleCommand, useConsoleCommands } from '../acts/console-commands.ts'
import type { ShortcutId } from '../keys/shortcuts.ts'
import type { Rung, rungsOf } from './ladder.tsx'
import type { VendorAct } from './vendor-wishes.ts'

export interface ModerationDoings {
  rungs: ReturnType<typeof rungsOf>
  onPress: (rung: Rung) => void
  onEnd: (() => void) | null
  /** Null in a room: there is no customer. */
  onBlock: (() => void) | null
  isBlocked: boolean
  /** What is asked for with a reason, of the vendor or of what is written here. */
  acts: readonly VendorAct[]
  onAct: (act: VendorAct) => void
  onRelease: (() => void) | null
  onReject: (() => void) | null
  onClose: () => void
}

const keys: Record<Rung, { shortcut: ShortcutId; icon: IconNode }> = {
  watch: { shortcut: 'watch', icon: Eye },
  whisper: { shortcut: 'whisper', icon: Ear },
  join: { shortcut: 'join', icon: DoorOpen },
  takeOver: { shortcut: 'takeOver', icon: Hand },
  handBack: { shortcut: 'handBack', icon: Undo2 },
}
const here = { group: 'This conversation' } as const

/** Everything a moderator can do to what is open, for keys and for the command menu. */
export function useModerationCommands(doings: ModerationDoings): void {
  const commands: ConsoleCommand[] = [
    ...doings.rungs
      .filter(({ why }) => why === null)
      .map(({ rung, word, effect }) => ({
        ...here,
        label: word,
        detail: effect,
        ...keys[rung],
        run: () => doings.onPress(rung),
      })),
    ...when(doings.onRelease, { label: 'Release the held message…', icon: Check, shortcut: 'release' }),
    ...when(doings.onReject, { label: 'Return the held message…', icon: CircleSlash, shortcut: 'reject' }),
    ...when(doings.onEnd, { label: 'End the conversation…', icon: X, shortcut: 'resolve' }),
    ...when(doings.onBlock, {
      label: doings.isBlocked ? 'Unblock the customer…' : 'Block the customer…',
      icon: Ban,
    }),
    ...doings.acts.map((act) => ({ ...here, ...commandOf(act), run: () => doings.onAct(act) })),
    { ...here, label: 'Back to the board', icon: X, shortcut: 'back', isUnlisted: true, run: doings.onClose },
  ]
  useConsoleCommands('moderation-drawer', commands)
}

/** What the menu and the keyboard need of it. */
export function commandOf({
  label,
  icon,
  shortcut,
}: VendorAct): Pick<VendorAct, 'label' | 'icon' | 'shortcut'> {
  return shortcut === undefined ? { label, icon } : { label, icon, shortcut }
}

function when(
  run: (() => void) | null,
  command: { label: string; icon: IconNode; shortcut?: ShortcutId },
): ConsoleCommand[] {
  return run === null ? [] : [{ ...here, ...command, run }]
}
