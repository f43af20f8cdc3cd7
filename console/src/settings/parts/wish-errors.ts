import './no-eval.ts'
import { type CommandName, type CommandWish, commands } from '@parley/shared/protocol/commands.ts'
import type { Refusal } from '@parley/shared/protocol/refusals.ts'
import { reasonWords, refusalWords } from './refusal-words.ts'

/** Sentences by the path of the field they belong to. */
export type FieldErrors = Record<string, string>

/** The server's own check of a wish, made before it is sent: the same rules, the same words. */
export function checkWish<N extends CommandName>(name: N, wish: CommandWish<N>): FieldErrors {
  const checked = commands[name].input.safeParse(wish)
  if (checked.success) return {}
  const errors: FieldErrors = {}
  for (const issue of checked.error.issues) {
    const path = fieldPath(issue.path.map(String).join('.'))
    errors[path] ??= reasonWords(issue.message, lastName(path)) ?? shapeWords(issue.code, lastName(path))
  }
  return errors
}

/** A refusal as a sentence at its field, or under '' when it belongs to no field. */
export function errorsOf(refusal: Refusal): FieldErrors {
  return { [fieldPath(refusal.field ?? '')]: refusalWords(refusal) }
}

/** Settings travel inside `settings`; the form knows its fields without it. */
function fieldPath(path: string): string {
  return path.replace(/^settings\./, '')
}

function lastName(path: string): string {
  return path.split('.').at(-1) ?? path
}

function shapeWords(code: string, field: string): string {
  if (field === 'email') return 'This is not a full e-mail address. Example: ines@shop.example'
  if (field === 'colour') return 'Write six digits after #. Example: #0f6b5c'
  if (code === 'too_big') return 'This is too long. Shorten it.'
  if (code === 'too_small') return 'This is too small or too short.'
  return 'This cannot be saved as it is.'
}
