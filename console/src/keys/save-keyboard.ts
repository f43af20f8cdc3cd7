import { newRequestId } from '@parley/shared/client/request-id.ts'
import type { Keyboard } from '@parley/shared/protocol/reading.ts'
import { refusalWords } from '../acts/refusal-words.ts'
import { ask } from '../connection.ts'
import { me } from '../session.ts'
import { usualKeyboard } from './own-keys.ts'

/** Of whoever is signed in; components that read it are drawn anew when it changes. */
export function ownKeyboard(): Keyboard {
  return me.value?.keyboard ?? usualKeyboard
}

/** Holds at once; taken back when the server refuses, with what to say then. */
export async function saveKeyboard(keyboard: Keyboard): Promise<string | null> {
  const before = me.peek()
  if (!before) return null
  me.value = { ...before, keyboard }
  const outcome = await ask('saveKeyboard', { requestId: newRequestId(), ...keyboard })
  const now = me.peek()
  // Changed again meanwhile, or somebody else: that one tells.
  if (outcome.ok || now?.accountId !== before.accountId || now.keyboard !== keyboard) return null
  me.value = { ...now, keyboard: before.keyboard }
  return `Not saved. ${refusalWords(outcome.refusal)}`
}
