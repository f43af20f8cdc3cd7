import type { Actor } from '@parley/shared/people.ts'
import type { CommandAnswer } from '@parley/shared/protocol/answers.ts'
import type { CommandInput, CommandName } from '@parley/shared/protocol/commands.ts'
import type { Held } from '../conversations/index.ts'
import type { Parts } from './parts.ts'
import type { Origin } from './site-command.ts'

/** A command that reads one conversation, which the actor may read: `held` was loaded for this request. */
export type ConversationRead<N extends CommandName> = (context: {
  actor: Actor
  input: CommandInput<N>
  held: Held
  parts: Parts
  origin: Origin
}) => Promise<CommandAnswer<N>>

export type ConversationReads = { [N in CommandName]?: ConversationRead<N> }
