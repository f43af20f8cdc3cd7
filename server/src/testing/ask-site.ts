import type { MemberActor } from '@parley/shared/people.ts'
import type { CommandAnswer } from '@parley/shared/protocol/answers.ts'
import {
  type CommandDefinition,
  type CommandName,
  type CommandWish,
  commands,
} from '@parley/shared/protocol/commands.ts'
import type { Refusal } from '@parley/shared/protocol/refusals.ts'
import { createDispatch } from '../app/dispatch.ts'
import { createLimits } from '../app/limits.ts'
import { auditCommands } from '../audit/index.ts'
import { createLog } from '../conversations/index.ts'
import { marlow, staff, vendorMembers } from '../demo/cast.ts'
import { identityCommands } from '../identity/index.ts'
import { findSessionById, startSession } from '../identity/sessions/session.ts'
import { rolloutCommands } from '../rollout/index.ts'
import { siteCommands } from '../sites/index.ts'
import { termsCommands } from '../terms/index.ts'
import { triggerCommands } from '../triggers/index.ts'
import { vendorCommands } from '../vendors/index.ts'
import { expectDescribed } from './described.ts'
import type { SiteWorld } from './site-world.ts'

type Member = keyof typeof staff | keyof typeof vendorMembers
type Wish<N extends CommandName> = Omit<CommandWish<N>, 'requestId'>

/** Somebody of the cast at the real dispatch, without a connection in between. */
export interface Asker {
  actor: MemberActor
  sessionId: string
  /** The answer; a refusal fails the test. */
  ask<N extends CommandName>(name: N, wish?: Wish<N>): Promise<CommandAnswer<N>>
  /** The refusal; an answer fails the test. */
  refusal<N extends CommandName>(name: N, wish?: Wish<N>): Promise<Refusal>
}

export function createAskers(world: SiteWorld): (who: Member) => Promise<Asker> {
  const { parts } = world
  const onFault = (error: unknown) => {
    throw error
  }
  const log = createLog({ database: parts.database, clock: parts.clock, companions: [], onFault })
  const dispatch = createDispatch(parts, log, createLimits(10_000), {
    verbs: {},
    reads: {},
    siteCommands: {
      ...identityCommands,
      ...siteCommands,
      ...vendorCommands(log),
      ...auditCommands,
      ...termsCommands,
      ...triggerCommands(async () => null),
      ...rolloutCommands(),
    },
    logCommands: {},
  })

  return async (who) => {
    const { memberId } = { ...staff, ...vendorMembers }[who]
    const accountId = `acc_${who}`
    const started = await parts.database.transaction((sql) =>
      startSession(parts, sql, { accountId, memberId, userAgent: `${who}’s browser` }),
    )
    const { sessionId } = started
    const session = await findSessionById(parts, sessionId)
    if (!session) throw new Error(`${who} of ${marlow.name} cannot be signed in`)
    const { actor } = session

    async function outcome(name: CommandName, wish: object) {
      const definition: CommandDefinition = commands[name]
      const isBare = definition.isRead === true || name === 'setAvailability'
      const withRequest = isBare ? wish : { requestId: parts.random.id('req'), ...wish }
      const answered = await dispatch(actor, name, withRequest, { ip: '192.0.2.1', sessionId })
      expectDescribed(name, JSON.parse(JSON.stringify(answered)))
      return answered
    }
    return {
      actor,
      sessionId,
      async ask<N extends CommandName>(name: N, wish: object = {}) {
        const answered = await outcome(name, wish)
        if (!answered.ok) throw new Error(`${name} was refused: ${JSON.stringify(answered.refusal)}`)
        return answered.value as CommandAnswer<N>
      },
      async refusal(name: CommandName, wish: object = {}) {
        const answered = await outcome(name, wish)
        if (answered.ok) throw new Error(`${name} was not refused`)
        return answered.refusal
      },
    }
  }
}
