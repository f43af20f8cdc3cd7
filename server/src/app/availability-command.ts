import { identityCommands } from '../identity/index.ts'
import { Refused } from './refused.ts'
import type { SiteCommand } from './site-command.ts'

/** The row is the identity's; that the line may move now is everybody's business. */
export function availabilityCommand(onChanged: (siteId: string) => void): SiteCommand<'setAvailability'> {
  return async (context) => {
    const answer = await identityCommands.setAvailability?.(context)
    if (!answer) throw new Refused('notFound')
    context.afterCommit(() => onChanged(context.actor.siteId))
    return answer
  }
}
