import type { Actor, ReaderKind } from '@parley/shared/people.ts'
import type { CommandAnswer } from '@parley/shared/protocol/answers.ts'
import type { CommandInput, CommandName } from '@parley/shared/protocol/commands.ts'
import type { Marks } from '@parley/shared/protocol/ephemeral.ts'
import type { Held } from '../conversations/index.ts'
import type { Sql } from '../storage/database.ts'
import type { Parts } from './parts.ts'

/** Where a command came from; `sessionId` is the member's sign-in, for commands about sessions. */
export interface Origin {
  ip: string
  sessionId: string | null
  /** Present for sockets: the live stream of a conversation can be joined and left. */
  rooms?: {
    join(held: Held, how?: { isWatching?: boolean; reason?: string }): Promise<void>
    leave(conversationId: string): Promise<void>
    /** Watches unseen: what it reads leaves no mark. */
    isSilent(conversationId: string): boolean
    followBoard(isLive: boolean): Promise<void>
    tellMarks(marks: Marks, sides: readonly ReaderKind[]): void
    /** To every connection of this member: their list is the same everywhere. */
    tellMentionsRead(memberId: string, conversationId: string): void
  }
}

export interface SiteContext<N extends CommandName, Who extends Actor = Actor> {
  actor: Who
  input: CommandInput<N>
  /** Reads run on the database; writes run inside one transaction that the audit line shares. */
  sql: Sql
  parts: Parts
  origin: Origin
  /** Runs after the commit, for hints and wake-ups. */
  afterCommit(work: () => void | Promise<void>): void
}

/** A command on rows, not on a conversation's log: parse and permit have passed when it runs. */
export type SiteCommand<N extends CommandName> = (context: SiteContext<N>) => Promise<CommandAnswer<N>>
export type SiteCommands = { [N in CommandName]?: SiteCommand<N> }
