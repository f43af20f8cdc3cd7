import { z } from 'zod'
import type { CommandDefinition } from './commands.ts'
import { fewestAuditDays, fewestDays, mostDays } from './retention.ts'
import { requestId } from './texts.ts'

const days = (fewest: number) =>
  z
    .number({ error: 'retention.days' })
    .int({ error: 'retention.days' })
    .min(fewest, { error: fewest === fewestDays ? 'retention.days' : 'retention.auditDays' })
    .max(mostDays, { error: 'retention.days' })
    .nullable()

const retention = z.strictObject({
  conversationDays: days(fewestDays),
  fileDays: days(fewestDays),
  personDays: days(fewestDays),
  auditDays: days(fewestAuditDays),
})
const onSite = { action: 'retention.manage', on: 'site' } as const

export const retentionCommands = {
  viewRetention: { input: z.strictObject({}), ...onSite, isRead: true },
  /** What would go under these terms, at most 100,000 of each; nothing does. */
  countRetention: { input: z.strictObject({ retention }), ...onSite, isRead: true },
  saveRetention: { input: z.strictObject({ requestId, retention }), ...onSite },
} as const satisfies Record<string, CommandDefinition>
