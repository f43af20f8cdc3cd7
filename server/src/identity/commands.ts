import type { SiteCommands } from '../app/site-command.ts'
import { apiKeyCommands } from './api-keys/commands.ts'
import { keyCommands } from './keys/commands.ts'
import { memberCommands } from './members/commands.ts'
import { sessionCommands } from './sessions/commands.ts'

export const identityCommands: SiteCommands = {
  ...keyCommands,
  ...apiKeyCommands,
  ...memberCommands,
  ...sessionCommands,
}
