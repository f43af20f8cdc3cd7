import { z } from 'zod'
import type { CommandDefinition } from './commands.ts'
import { limits } from './limits.ts'
import { id, line, requestId, storable, text } from './texts.ts'

export const roomCommands = {
  listRoomVendors: { input: z.strictObject({}), action: 'room.start', on: 'site', isRead: true },
  /** Two vendors have one room: who writes to the same vendor again goes on in it. */
  startVendorRoom: {
    input: z.strictObject({ requestId, vendorId: id, text }),
    action: 'room.start',
    on: 'site',
  },
  /** The marketplace brings buyers together, by the `sub` of their signed identity; the others see `name` and nothing else. */
  openBuyerRoom: {
    input: z.strictObject({
      requestId,
      name: line(limits.nameCodePoints),
      members: z
        .array(z.strictObject({ sub: storable(200).min(1), name: line(limits.nameCodePoints) }))
        .min(2)
        .max(limits.buyersInRoom),
    }),
    action: 'room.openForBuyers',
    on: 'site',
  },
} as const satisfies Record<string, CommandDefinition>
