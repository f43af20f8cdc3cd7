import { askingMember } from '../../app/asking-member.ts'
import { writeAudit } from '../../app/audit.ts'
import { Refused } from '../../app/refused.ts'
import type { SiteCommands } from '../../app/site-command.ts'
import { liveKeysAllowed, readPublicKey, sealKey } from './identity-key.ts'
import * as store from './store.ts'

export const keyCommands: SiteCommands = {
  async listIdentityKeys({ actor, sql }) {
    const rows = await store.allKeys(sql, actor.siteId)
    return {
      keys: rows.map((row) => ({
        kid: row.kid,
        algorithm: row.algorithm,
        createdAt: row.created_at.toISOString(),
        createdBy: row.created_by,
        lastUsedAt: row.last_used_at?.toISOString() ?? null,
        revokedAt: row.revoked_at?.toISOString() ?? null,
      })),
    }
  },

  async createIdentityKey({ actor, input, sql, parts, origin }) {
    const admin = askingMember(actor)
    if ((await store.countLiveKeys(sql, admin.siteId)) >= liveKeysAllowed) {
      throw new Refused('conflict', 'identityKey.two')
    }
    const kid = parts.random.id('key')
    const secret = input.algorithm === 'HS256' ? parts.random.token() : null
    await store.insertKey(sql, admin.siteId, {
      kid,
      algorithm: input.algorithm,
      sealed_key: sealKey(parts, admin.siteId, kid, secret ?? readPublicKey(input.publicKey)),
      created_at: parts.clock.now(),
      created_by: admin.name,
    })
    await writeAudit(sql, admin, {
      action: 'identityKey.created',
      object: `identityKey:${kid}`,
      ip: origin.ip,
    })
    return { kid, secret }
  },

  async revokeIdentityKey({ actor, input, sql, parts, origin }) {
    const isRevoked = await store.revokeKey(sql, actor.siteId, input.kid, parts.clock.now())
    if (!isRevoked) throw new Refused('notFound', 'identityKey.unknown')
    await writeAudit(sql, actor, {
      action: 'identityKey.revoked',
      object: `identityKey:${input.kid}`,
      ip: origin.ip,
    })
    return {}
  },
}
