import { askingMember } from '../../app/asking-member.ts'
import { writeAudit } from '../../app/audit.ts'
import { Refused } from '../../app/refused.ts'
import type { SiteCommands } from '../../app/site-command.ts'
import { tokenHash } from '../token-hash.ts'
import { liveKeysAllowed, newSecret } from './recognise-key.ts'
import * as store from './store.ts'

export const apiKeyCommands: SiteCommands = {
  async listApiKeys({ actor, sql }) {
    const rows = await store.allKeys(sql, actor.siteId)
    return {
      keys: rows.map((row) => ({
        keyId: row.key_id,
        name: row.name,
        scopes: row.scopes,
        createdAt: row.created_at.toISOString(),
        createdBy: row.created_by,
        lastUsedAt: row.last_used_at?.toISOString() ?? null,
        revokedAt: row.revoked_at?.toISOString() ?? null,
      })),
    }
  },

  async createApiKey({ actor, input, sql, parts, origin }) {
    const admin = askingMember(actor)
    if ((await store.countLiveKeys(sql, admin.siteId)) >= liveKeysAllowed)
      throw new Refused('conflict', 'apiKey.two')
    const secret = newSecret(parts)
    const keyId = parts.random.id('key')
    const scopes = [...new Set(input.scopes)].sort()
    await store.insertKey(
      sql,
      {
        site_id: admin.siteId,
        key_id: keyId,
        name: input.name,
        scopes,
        created_at: parts.clock.now(),
        created_by: admin.name,
      },
      tokenHash(secret),
    )
    await writeAudit(sql, admin, {
      action: 'apiKey.created',
      object: `apiKey:${keyId}`,
      reason: scopes.join(', '),
      ip: origin.ip,
    })
    return { keyId, secret }
  },

  async revokeApiKey({ actor, input, sql, parts, origin }) {
    if (!(await store.revokeKey(sql, actor.siteId, input.keyId, parts.clock.now())))
      throw new Refused('notFound', 'apiKey.unknown')
    await writeAudit(sql, actor, {
      action: 'apiKey.revoked',
      object: `apiKey:${input.keyId}`,
      ip: origin.ip,
    })
    return {}
  },
}
