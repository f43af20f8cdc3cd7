import { actorIdOf, authorOf } from '@parley/shared/people.ts'
import type { VendorSettings } from '@parley/shared/protocol/settings.ts'
import { writeAudit } from '../app/audit.ts'
import { Refused } from '../app/refused.ts'
import type { SiteCommands, SiteContext } from '../app/site-command.ts'
import type { Log } from '../conversations/index.ts'
import { productCommands } from './products/commands.ts'
import { profileCommands } from './profile/commands.ts'
import { applicationCommands } from './review/commands.ts'
import { rulesCommands } from './rules/commands.ts'
import { disciplineCommands } from './states/discipline.ts'
import { insertStep } from './states/states-store.ts'
import * as store from './store.ts'
import { trainingCommands } from './training/commands.ts'

const listCommands: SiteCommands = {
  async listVendors({ actor, sql }) {
    return { vendors: (await store.vendorsOf(sql, actor.siteId)).map(settingsOf) }
  },

  /** A new vendor gets its own queue, which its members serve. Whom an admin adds stands in for the review. */
  async saveVendor({ actor, input, sql, parts, origin }) {
    const { siteId } = actor
    const { name, externalId } = input
    const vendorId = input.vendorId ?? parts.random.id('ven')
    if (input.vendorId !== null && !(await store.vendorById(sql, siteId, vendorId))) {
      throw new Refused('notFound', 'vendor.unknown')
    }
    if (await store.isNameTaken(sql, siteId, externalId, vendorId)) {
      throw new Refused('conflict', 'vendor.externalId', { field: 'externalId' })
    }
    const given = { vendorId, externalId, name }
    if (input.vendorId !== null) await store.updateVendor(sql, siteId, given)
    else await addVendor({ parts, sql, actor }, given)
    await writeAudit(sql, actor, {
      action: input.vendorId === null ? 'vendor.added' : 'vendor.saved',
      object: `vendor:${vendorId}`,
      ip: origin.ip,
    })
    const saved = await store.vendorById(sql, siteId, vendorId)
    if (!saved) throw new Error('A vendor that was just saved is not there')
    return settingsOf(saved)
  },
}

/** Everything about vendors; what takes rights away also moves conversations, which the log does. */
export function vendorCommands(log: Pick<Log, 'append'>): SiteCommands {
  return {
    ...listCommands,
    ...profileCommands,
    ...applicationCommands,
    ...rulesCommands,
    ...trainingCommands,
    ...productCommands,
    ...disciplineCommands(log),
  }
}

async function addVendor(
  { parts, sql, actor }: Pick<SiteContext<'saveVendor'>, 'parts' | 'sql' | 'actor'>,
  given: { vendorId: string; externalId: string; name: string },
): Promise<void> {
  const at = parts.clock.now()
  await store.insertVendor(sql, actor.siteId, { ...given, queueId: parts.random.id('que'), at })
  await insertStep(sql, actor.siteId, given.vendorId, {
    at,
    by_id: actorIdOf(actor),
    by_name: authorOf(actor).name,
    is_by_rule: false,
    act: 'added',
    from_state: null,
    to_state: 'active',
    why: 'Added by an admin, without an application',
    until: null,
    conversation_ids: [],
  })
}

function settingsOf(row: store.VendorRow): VendorSettings {
  return {
    vendorId: row.vendor_id,
    name: row.name,
    externalId: row.external_id,
    state: row.state,
    isActive: row.is_active,
    queueId: row.queue_id,
  }
}
