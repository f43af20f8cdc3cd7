import type { QueueSettings } from '@parley/shared/protocol/settings.ts'
import { writeAudit } from '../app/audit.ts'
import { Refused } from '../app/refused.ts'
import type { SiteCommands } from '../app/site-command.ts'
import * as store from './queues-store.ts'
import { dropSite } from './site.ts'
import { lockedSettings, updateSettings } from './store.ts'

export const queueCommands: SiteCommands = {
  async listQueues({ actor, sql }) {
    return { queues: (await store.queuesOf(sql, actor.siteId)).map(settingsOf) }
  },

  /** Support queues are made here; a vendor's queue is made with its vendor and keeps that name. */
  async saveQueue({ actor, input, sql, parts, origin }) {
    const { siteId } = actor
    const { mode, offerSeconds } = input
    const queueId = input.queueId ?? parts.random.id('que')
    const before = input.queueId === null ? undefined : await store.queueById(sql, siteId, queueId)
    if (input.queueId !== null && !before) throw new Refused('notFound', 'queue.unknown')
    const vendorId = before?.vendor_id ?? null
    const memberIds = [...new Set(input.memberIds)]
    const fitting = await store.fittingMembers(sql, siteId, memberIds, vendorId)
    if (fitting.length !== memberIds.length) {
      throw new Refused('invalid', 'queue.members', { field: 'memberIds' })
    }
    if (before) {
      const name = before.kind === 'vendor' ? before.name : input.name
      await store.updateQueue(sql, siteId, { queueId, name, mode, offerSeconds })
    } else {
      const fresh = { queueId, name: input.name, kind: 'support', vendorId, mode, offerSeconds } as const
      await store.insertQueue(sql, siteId, fresh)
    }
    await store.setQueueMembers(sql, siteId, queueId, memberIds)
    await writeAudit(sql, actor, {
      action: before ? 'queue.saved' : 'queue.added',
      object: `queue:${queueId}`,
      ip: origin.ip,
    })
    const saved = await store.queueById(sql, siteId, queueId)
    if (!saved) throw new Error('A queue that was just saved is not there')
    return settingsOf(saved)
  },

  async removeQueue({ actor, input, sql, parts, origin, afterCommit }) {
    const { siteId } = actor
    const { queueId } = input
    const supportQueues = await store.countSupportQueues(sql, siteId)
    const before = await store.queueById(sql, siteId, queueId)
    if (!before) throw new Refused('notFound', 'queue.unknown')
    if (before.kind === 'vendor') throw new Refused('conflict', 'queue.ofVendor')
    if (supportQueues === 1) throw new Refused('conflict', 'queue.last')
    if (await store.isQueueInUse(sql, siteId, queueId)) throw new Refused('conflict', 'queue.inUse')
    await store.removeQueueRow(sql, siteId, queueId, parts.clock.now())
    // Topics it answered go to the site's first support queue.
    const settings = await lockedSettings(sql, siteId)
    const topics = settings.topics.map((topic) =>
      topic.queueId === queueId ? { ...topic, queueId: null } : topic,
    )
    await updateSettings(sql, siteId, { ...settings, topics })
    await writeAudit(sql, actor, {
      action: 'queue.removed',
      object: `queue:${queueId}`,
      ip: origin.ip,
    })
    afterCommit(() => dropSite(parts, siteId))
    return {}
  },
}

function settingsOf(row: store.QueueRow): QueueSettings {
  return {
    queueId: row.queue_id,
    name: row.name,
    kind: row.kind,
    vendorId: row.vendor_id,
    memberIds: row.member_ids,
    mode: row.mode,
    offerSeconds: row.offer_seconds,
  }
}
