import { ask } from '../connection.ts'
import { showToast } from '../parts/toast.tsx'
import { me } from '../session.ts'

/** Shown at once; taken back when the server refuses. */
export async function setAvailability(change: {
  availability?: 'available' | 'away'
  capacity?: number
}): Promise<void> {
  const before = me.peek()
  if (!before) return
  me.value = { ...before, ...change }
  const outcome = await ask('setAvailability', change)
  const current = me.peek()
  if (!current || current.memberId !== before.memberId) return
  const { availability, capacity } = outcome.ok ? outcome.value : before
  me.value = { ...current, availability, capacity }
  if (!outcome.ok) showToast({ text: 'Your availability was not changed. Try again when you are online.' })
}

export function toggleAvailability(): void {
  const who = me.peek()
  if (who) void setAvailability({ availability: who.availability === 'available' ? 'away' : 'available' })
}
