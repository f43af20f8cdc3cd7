import type { CannedReply } from '@parley/shared/protocol/settings.ts'
import { askingMember } from '../app/asking-member.ts'
import { writeAudit } from '../app/audit.ts'
import { Refused } from '../app/refused.ts'
import type { SiteCommands } from '../app/site-command.ts'
import * as store from './canned-replies-store.ts'

/** Staff share the marketplace's replies; a vendor's people share their vendor's, and never the other way. */
export const cannedReplyCommands: SiteCommands = {
  async listCannedReplies({ actor, sql }) {
    const { siteId, vendorId } = askingMember(actor)
    return { replies: (await store.cannedRepliesOf(sql, siteId, vendorId)).map(replyOf) }
  },

  async saveCannedReply({ actor, input, sql, parts, origin }) {
    const { siteId, vendorId } = askingMember(actor)
    const reply = {
      canned_reply_id: input.cannedReplyId ?? parts.random.id('can'),
      vendor_id: vendorId,
      shortcut: input.shortcut,
      title: input.title,
      text: input.text,
    }
    const taken = new Refused('conflict', 'shortcut.taken', { field: 'shortcut' })
    if (await store.isShortcutTaken(sql, siteId, reply)) throw taken
    if (input.cannedReplyId === null) {
      if (!(await store.insertCannedReply(sql, siteId, reply))) throw taken
    } else if (!(await store.updateCannedReply(sql, siteId, reply))) {
      throw new Refused('notFound', 'cannedReply.unknown')
    }
    await writeAudit(sql, actor, {
      action: 'cannedReply.saved',
      object: `cannedReply:${reply.canned_reply_id}`,
      ip: origin.ip,
    })
    return replyOf(reply)
  },

  async removeCannedReply({ actor, input, sql, origin }) {
    const { siteId, vendorId } = askingMember(actor)
    const { cannedReplyId } = input
    const isRemoved = await store.deleteCannedReply(sql, siteId, vendorId, cannedReplyId)
    if (!isRemoved) throw new Refused('notFound', 'cannedReply.unknown')
    await writeAudit(sql, actor, {
      action: 'cannedReply.removed',
      object: `cannedReply:${cannedReplyId}`,
      ip: origin.ip,
    })
    return {}
  },
}

function replyOf(row: store.CannedReplyRow): CannedReply {
  return {
    cannedReplyId: row.canned_reply_id,
    shortcut: row.shortcut,
    title: row.title,
    text: row.text,
    scope: row.vendor_id === null ? 'site' : 'vendor',
  }
}
