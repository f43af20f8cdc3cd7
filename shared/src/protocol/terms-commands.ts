import { z } from 'zod'
import type { CommandDefinition } from './commands.ts'
import { hostOf } from './hosts.ts'
import { limits } from './limits.ts'
import { ruledKinds, standardRoomRules, termActions } from './terms.ts'
import { id, line, requestId, storable } from './texts.ts'

const direction = z.record(z.enum(ruledKinds), z.enum(termActions))

/** A name or a whole address pasted; what is kept is its host. */
const host = storable(2_000).transform((written, context) => {
  const found = hostOf(written)
  if (found === null) context.addIssue({ code: 'custom', message: 'host.shape' })
  return found ?? ''
})

export const termRulesInput = z.strictObject({
  vendorToBuyer: direction,
  buyerToVendor: direction,
  vendorToVendor: direction.default(standardRoomRules.vendorToVendor),
  buyerToBuyer: direction.default(standardRoomRules.buyerToBuyer),
  keyPhrases: z
    .array(line(80).refine((phrase) => /[\p{L}\p{N}]/u.test(phrase), { error: 'keyPhrase.empty' }))
    .max(200),
  /** Without it the list stays as it is: a page of before it was there takes nothing off. */
  blockedHosts: z
    .array(host)
    .max(1_000, { error: 'hosts.tooMany' })
    .transform((hosts) => [...new Set(hosts)])
    .optional(),
  sentences: z.partialRecord(z.enum(ruledKinds), line(300)),
  linksOff: z.strictObject({ vendors: z.boolean(), buyers: z.boolean(), vendorIds: z.array(id).max(1_000) }),
})

export const termsCommands = {
  /** Newest first; the first is in force. */
  listTermRules: {
    input: z.strictObject({
      before: z.number().int().min(1).optional(),
      limit: z.number().int().min(1).max(50).default(20),
    }),
    action: 'termRules.read',
    on: 'site',
    isRead: true,
  },
  /** `from` is the version that was changed: somebody faster makes it a conflict. */
  saveTermRules: {
    input: z.strictObject({ requestId, from: z.number().int().min(0), rules: termRulesInput }),
    action: 'termRules.configure',
    on: 'site',
  },
  /** Of one vendor, or of all where none is named. Nothing else of the rules changes; what is so already stays as it is. */
  switchLinks: {
    input: z.strictObject({
      requestId,
      vendorId: id.nullable(),
      isOff: z.boolean(),
      reason: line(limits.reasonCodePoints),
    }),
    action: 'links.switch',
    on: 'site',
  },
  /** Changes nothing: tells what these rules would have done to past messages. */
  tryTermRules: {
    input: z.strictObject({ rules: termRulesInput, days: z.number().int().min(1).max(30).default(30) }),
    action: 'termRules.read',
    on: 'site',
    isRead: true,
  },
} as const satisfies Record<string, CommandDefinition>
