import type { CustomerActor } from '@parley/shared/people.ts'
import { protocolVersion } from '@parley/shared/protocol/version.ts'
import type { ConnectRefusal, Welcome } from '@parley/shared/protocol/wire.ts'
import { z } from 'zod'
import type { Parts } from '../app/parts.ts'
import { Refused } from '../app/refused.ts'
import type { Log } from '../conversations/index.ts'
import { recogniseMember, recogniseVisitor } from '../identity/index.ts'
import { followOrders } from '../intake/index.ts'
import { withRooms } from '../rooms/index.ts'
import type { SocketMemory } from './socket-types.ts'

const token = z.string().min(1).max(4_096)
/** As much as the verifier reads: somebody with hundreds of orders brings them all. */
const longestIdentity = 16_000
const hello = z.discriminatedUnion('kind', [
  z.object({
    kind: z.literal('visitor'),
    protocol: z.number().int(),
    siteKey: z.string().min(1).max(80),
    visitorToken: token.optional(),
    identityToken: z.string().min(1).max(longestIdentity).optional(),
    locale: z.string().max(35).optional(),
    timeZone: z.string().max(60).optional(),
  }),
  z.object({ kind: z.literal('member'), protocol: z.number().int(), ticket: token }),
])

export class HandshakeRefused extends Error {
  readonly data: ConnectRefusal

  constructor(data: ConnectRefusal) {
    super(data.reason)
    this.data = data
  }
}

export interface Recognised {
  memory: SocketMemory
  welcome: Omit<Welcome, 'serverTime'>
}

/** Who connects, before anything else happens; every failure of an identity gets the same answer. */
export async function recognise(parts: Parts, log: Pick<Log, 'append'>, auth: unknown): Promise<Recognised> {
  const said = hello.safeParse(auth)
  if (!said.success) throw new HandshakeRefused({ code: 'invalid', reason: 'ticket.refused' })
  if (said.data.protocol !== protocolVersion)
    throw new HandshakeRefused({ code: 'invalid', reason: 'protocol.old' })
  try {
    if (said.data.kind === 'member') {
      const { actor, sessionId } = await recogniseMember(parts, said.data.ticket)
      const memory = { actor: await withRooms(parts, actor), sessionId }
      return { memory, welcome: { readerId: actor.memberId, identityExpiresAt: null } }
    }
    const { actor, visitorToken, identityExpiresAt } = await recogniseVisitor(parts, said.data)
    if (said.data.identityToken !== undefined) await follow(parts, log, actor)
    return {
      memory: { actor: await withRooms(parts, actor), sessionId: null },
      welcome: {
        readerId: actor.contactId,
        identityExpiresAt: identityExpiresAt?.toISOString() ?? null,
        ...(visitorToken === undefined ? {} : { visitorToken }),
      },
    }
  } catch (error) {
    if (error instanceof Refused && error.refusal.code === 'notAllowed')
      throw new HandshakeRefused({
        code: 'notAllowed',
        reason: error.refusal.reason as ConnectRefusal['reason'],
      })
    parts.logger.warn({ err: error }, 'A handshake failed.')
    throw new HandshakeRefused({ code: 'unavailable', reason: 'busy' })
  }
}

/** Nobody is kept out for it: whoever connects next with these orders has it done. */
async function follow(parts: Parts, log: Pick<Log, 'append'>, actor: CustomerActor): Promise<void> {
  try {
    await followOrders(parts, log, actor)
  } catch (error) {
    parts.logger.warn(
      { err: error, contactId: actor.contactId },
      'Conversations could not follow their orders.',
    )
  }
}
