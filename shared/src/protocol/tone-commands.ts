import { z } from 'zod'
import type { CommandDefinition } from './commands.ts'
import { id } from './texts.ts'

export const toneCommands = {
  /** What later changes is told to staff who follow the conversation as `hint:tone`. */
  viewTone: {
    input: z.strictObject({ conversationId: id }),
    action: 'tone.read',
    on: 'conversation',
    isRead: true,
  },
} as const satisfies Record<string, CommandDefinition>
