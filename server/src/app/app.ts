import { createServer } from 'node:http'
import type { AddressInfo } from 'node:net'
import { auditCommands, watchAudit } from '../audit/index.ts'
import { createBus } from '../cluster/index.ts'
import { bindSentFiles, conversationVerbs, createLog } from '../conversations/index.ts'
import {
  erasureCommands,
  erasureCompanion,
  registerErasure,
  registerMemberErasure,
} from '../erasure/index.ts'
import { registerFileTimers } from '../files/index.ts'
import { createHttpServer, distOf } from '../http/http-server.ts'
import { identityCommands, reseal } from '../identity/index.ts'
import { inboxCommands } from '../inbox/index.ts'
import { keepMentions } from '../mentions/index.ts'
import { countCommands, createFigures } from '../metrics/index.ts'
import {
  boardCommands,
  createWatches,
  followBlocks,
  moderationCompanion,
  moderationVerbs,
} from '../moderation/index.ts'
import { alarmAdmins, requestTranscript } from '../notify/index.ts'
import type { Resolve } from '../outbound/index.ts'
import { createHeads } from '../realtime/heads.ts'
import { createPresence } from '../realtime/presence.ts'
import { createRevokedElsewhere } from '../realtime/revoked-elsewhere.ts'
import { createSocketServer } from '../realtime/socket-server.ts'
import { planRetention, registerRetention, retentionCommands } from '../retention/index.ts'
import {
  listDisagreements,
  type ReviewSources,
  registerReviewTimers,
  reviewCommands,
  reviewCompanion,
} from '../reviews/index.ts'
import { rolloutCommands } from '../rollout/index.ts'
import { createRouter, routingVerbs, timersOf } from '../routing/index.ts'
import { planSealing, registerSealing } from '../sealing/index.ts'
import { siteCommands } from '../sites/index.ts'
import { termsCommands } from '../terms/index.ts'
import {
  builtInTone,
  followTone,
  meanTonesNow,
  type ToneProvider,
  toneCompanion,
  toneReads,
} from '../tone/index.ts'
import { findLive, triggerCommands } from '../triggers/index.ts'
import { startUpkeep } from '../upkeep/index.ts'
import { planVendorTimers, registerVendorTimers, startLetters, vendorCommands } from '../vendors/index.ts'
import { createSender, sealedSecrets, webhookCommands, webhookCompanion } from '../webhooks/index.ts'
import { weighRules } from '../widget/index.ts'
import { availabilityCommand } from './availability-command.ts'
import { conversationReads, unfollowConversation } from './conversation-reads.ts'
import { createDispatch, type Handlers } from './dispatch.ts'
import { createLag } from './lag.ts'
import { createLimits } from './limits.ts'
import { mailCompanion, startMail } from './mail.ts'
import { makeWay } from './make-way.ts'
import type { Parts } from './parts.ts'
import { queueCommands } from './queue-commands.ts'
import { createRefusalCounts } from './refusal-counts.ts'
import { revealContact } from './reveal-contact.ts'
import { roomCommands } from './room-commands.ts'
import { guardedCommands, guardedVerbs } from './terms-guard.ts'
import { visitorCommands } from './visitor-commands.ts'

export interface App {
  /** Where it listens, once it does. */
  port: number
  stop(): Promise<void>
}

/** How long clients may take to come back after a planned stop: spread over this. */
const reconnectWithinMs = 5_000

/** The composition root: everything is made here, once, and disposed of in reverse order. */
export async function startApp(
  parts: Parts,
  /** What a site plugs in instead of what is built in; `resolve` finds the addresses of hosts that webhooks name. */
  { tone = builtInTone, resolve }: { tone?: ToneProvider; resolve?: Resolve } = {},
): Promise<App> {
  const nodeId = parts.random.id('node')
  const bus = createBus(parts)
  const figures = createFigures(parts, bus.state)
  const log = createLog({
    database: parts.database,
    clock: parts.clock,
    companions: [
      bindSentFiles,
      timersOf(parts),
      mailCompanion(parts),
      moderationCompanion(parts),
      reviewCompanion(parts),
      webhookCompanion(parts),
      erasureCompanion(parts),
      keepMentions,
    ],
    onFault: (error) => parts.logger.error({ err: error }, 'The log could not be written.'),
    onTimed: figures.noteCommit,
  })
  const router = createRouter(parts, log)
  function changedAvailability(siteId: string): void {
    router.wake()
    realtime.tellAvailability(siteId)
  }
  const reviewSources: ReviewSources = { toneOf: meanTonesNow(parts) }
  const refusals = createRefusalCounts(parts, (actor) => alarmAdmins(parts, actor))
  const limits = createLimits(parts.config.limitFactor, bus.counters)
  const handlers: Handlers = {
    verbs: guardedVerbs(log, {
      ...conversationVerbs,
      ...routingVerbs,
      ...moderationVerbs,
      requestTranscript,
    }),
    reads: {
      ...conversationReads,
      ...toneReads,
      revealContact: revealContact((actor) => alarmAdmins(parts, actor, 'addresses')),
    },
    siteCommands: guardedCommands({
      ...identityCommands,
      ...siteCommands,
      ...vendorCommands(log),
      ...termsCommands,
      ...inboxCommands,
      ...boardCommands,
      ...auditCommands,
      ...reviewCommands,
      ...rolloutCommands([toneCompanion((siteId, ids) => realtime.tellToneOff(siteId, ids))]),
      ...webhookCommands(() => webhooks.wake()),
      ...erasureCommands,
      ...retentionCommands,
      listDisagreements: listDisagreements(reviewSources),
      ...queueCommands(() => router.wake()),
      ...triggerCommands(async (siteId) => {
        const file = (await findLive(parts, { siteId }))?.file
        return file ? weighRules(distOf('widget'), file) : null
      }),
      unfollowConversation,
      setAvailability: availabilityCommand(changedAvailability),
    }),
    logCommands: { ...visitorCommands(parts, log), ...roomCommands(parts, log) },
  }
  const lag = createLag()
  const { random } = parts
  const dispatch = countCommands(
    makeWay(createDispatch(parts, log, limits, handlers, refusals), { log, lag, random }),
    figures,
  )
  const state = { isDraining: false }
  const express = createHttpServer(parts, dispatch, state, bus, figures)
  const http = createServer(express)
  const presence = createPresence(parts, nodeId, changedAvailability)
  const watches = createWatches(parts, nodeId)
  followBlocks(parts, log)
  const realtime = createSocketServer(http, parts, log, dispatch, presence, { nodeId, bus, watches })
  figures.follow({ waitingInLog: () => log.waiting, sockets: realtime.countSockets })
  const heads = createHeads(parts, log, realtime, bus)
  const revokedElsewhere = createRevokedElsewhere(parts, nodeId, realtime.recheckRevoked)
  const toneFollower = followTone(parts, log, { nodeId, provider: tone, tell: realtime.tellTone })
  const webhooks = createSender(parts, log, { resolve })
  const mail = startMail(parts)
  registerFileTimers(parts)
  registerReviewTimers(parts)
  registerErasure(parts, log)
  registerMemberErasure(parts, log)
  registerRetention(parts, log)
  registerSealing(parts)
  await watchAudit(parts)
  const letters = startLetters(parts)
  registerVendorTimers(parts, log)

  const resealed = await reseal(parts, sealedSecrets)
  if (resealed > 0) parts.logger.info({ resealed }, 'Secrets were sealed anew with SECRET_KEY.')
  await bus.open()
  await heads.start()
  await revokedElsewhere.start()
  await new Promise<void>((resolve, reject) => {
    http.once('error', reject)
    http.listen(parts.config.port, parts.config.host, resolve)
  })
  lag.start()
  presence.start()
  watches.open()
  router.start()
  refusals.start()
  await planVendorTimers(parts)
  await planRetention(parts)
  await planSealing(parts)
  parts.timers.start()
  toneFollower.start()
  await webhooks.start()
  const upkeep = await startUpkeep(parts)

  return {
    port: (http.address() as AddressInfo).port,
    async stop() {
      state.isDraining = true
      await realtime.stop(reconnectWithinMs)
      http.closeIdleConnections()
      heads.stop()
      await revokedElsewhere.stop()
      lag.stop()
      await router.stop()
      await parts.timers.stop()
      await toneFollower.stop()
      await webhooks.stop()
      await presence.stop()
      await watches.close()
      mail.close()
      await upkeep.stop()
      await refusals.stop()
      letters.close()
      await log.drain()
      await bus.close()
      http.closeAllConnections()
      await new Promise((closed) => http.close(closed))
    },
  }
}
