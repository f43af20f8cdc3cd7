import { z } from 'zod'
import { type Feature, featureNames } from '../rollout/features.ts'
import type { CommandDefinition } from './commands.ts'
import { id, line, requestId } from './texts.ts'

const onSite = { on: 'site' } as const
const read = { on: 'site', isRead: true } as const
const feature = z.enum(featureNames as [Feature, ...Feature[]])
const percent = z.number().min(0).max(100)

export const rolloutCommands = {
  listRollouts: { input: z.strictObject({}), action: 'rollout.view', ...read },
  saveRollout: {
    input: z.strictObject({
      requestId,
      feature,
      /** The revision that was seen: somebody faster makes it a conflict. */
      from: z.number().int().min(0),
      rule: z.strictObject({
        isKilled: z.boolean(),
        sharePercent: percent,
        vendorIds: z.array(id).max(500),
        cohort: z
          .strictObject({
            role: z.enum(['buyer', 'seller']).optional(),
            isVerified: z.boolean().optional(),
            memberIds: z.array(id).max(500).optional(),
          })
          .nullable(),
        holdOutPercent: percent.max(50),
      }),
      reason: line(300).optional(),
    }),
    action: 'rollout.manage',
    ...onSite,
  },
  /** Off for everybody at once, whatever has changed meanwhile. */
  killRollout: { input: z.strictObject({ requestId, feature }), action: 'rollout.kill', ...onSite },
  compareRollout: {
    input: z.strictObject({ feature, days: z.number().int().min(1).max(365).default(14) }),
    action: 'rollout.view',
    ...read,
  },
} as const satisfies Record<string, CommandDefinition>
