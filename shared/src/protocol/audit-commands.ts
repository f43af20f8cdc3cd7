import { z } from 'zod'
import type { CommandDefinition } from './commands.ts'
import { id, storable } from './texts.ts'

/** What narrows a list and an export alike. */
export const auditFilter = {
  actorId: id.optional(),
  /** An action, or the area before its first dot. */
  action: z
    .string()
    .regex(/^[a-zA-Z]{1,40}(\.[a-zA-Z]{1,40})?$/)
    .optional(),
  object: storable(300).optional(),
  from: z.iso.datetime().optional(),
  to: z.iso.datetime().optional(),
}

export const auditCommands = {
  listAudit: {
    input: z.strictObject({
      ...auditFilter,
      before: id.optional(),
      limit: z.number().int().min(1).max(200).default(50),
    }),
    action: 'audit.read',
    on: 'site',
    isRead: true,
  },
  /** Checks every line of the site's chain. */
  verifyAudit: { input: z.strictObject({}), action: 'audit.read', on: 'site', isRead: true },
} as const satisfies Record<string, CommandDefinition>
