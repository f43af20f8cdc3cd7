import type { Actor } from '@parley/shared/people.ts'
import type { CommandAnswer } from '@parley/shared/protocol/answers.ts'
import type { CommandInput, CommandName } from '@parley/shared/protocol/commands.ts'
import type { NewEvent } from '@parley/shared/protocol/events.ts'
import type { Parts } from '../app/parts.ts'
import type { Held } from './held.ts'
import type { Written } from './log.ts'

export interface Asked<N extends CommandName> {
  actor: Actor
  input: CommandInput<N>
}

/** A command that writes to one conversation's log. Parse has passed; permit and decide run under the log's lock. */
export interface Verb<N extends CommandName, Prepared = undefined> {
  /** Slow outside work, before the lock. What it throws is thrown under the lock, after repeats are recognised. */
  prepare?(asked: Asked<N>, parts: Parts): Promise<Prepared>
  /** Pure: what was, what is wished, what then happened. */
  decide(held: Held, asked: Asked<N> & { now: Date; prepared: Prepared }): readonly NewEvent[]
  /** What is answered beyond conversation, position and time. */
  answer?(written: Written): Omit<CommandAnswer<N>, 'conversationId' | 'position' | 'at'>
}

/** The table's entry: what `prepare` gives is only seen by its own `decide`. */
export type AnyVerb<N extends CommandName> = Verb<N, never>

export type Verbs = { [N in CommandName]?: AnyVerb<N> }

export function verb<N extends CommandName, Prepared = undefined>(definition: Verb<N, Prepared>): AnyVerb<N> {
  return definition as AnyVerb<N>
}
