import type { CommandName } from '@parley/shared/protocol/commands.ts'
import { announceRevoked } from '../identity/index.ts'
import { siteCommands } from '../sites/index.ts'
import { Refused } from './refused.ts'
import type { SiteCommand, SiteCommands, SiteContext } from './site-command.ts'

/** The rows are the site's; who serves a queue decides what connections may see, and whether a line can move. */
export function queueCommands(wakeRouter: () => void): Pick<SiteCommands, 'saveQueue' | 'removeQueue'> {
  return {
    saveQueue: followedUp('saveQueue', wakeRouter),
    removeQueue: followedUp('removeQueue', wakeRouter),
  }
}

function followedUp<N extends 'saveQueue' | 'removeQueue'>(name: N, wakeRouter: () => void): SiteCommand<N> {
  return async (context) => {
    const run = siteCommands[name] as SiteCommand<N> | undefined
    if (!run) throw new Refused('notFound')
    const before = await membersByQueue(context)
    const answer = await run(context)
    const after = await membersByQueue(context)
    const touched = [...new Set([...before.keys(), ...after.keys()])].flatMap((queueId) =>
      changed(before.get(queueId) ?? [], after.get(queueId) ?? []),
    )
    context.afterCommit(() => {
      for (const memberId of new Set(touched)) announceRevoked(context.parts, { memberId })
      wakeRouter()
    })
    return answer
  }
}

async function membersByQueue<N extends CommandName>(
  context: SiteContext<N>,
): Promise<Map<string, readonly string[]>> {
  const listed = await siteCommands.listQueues?.({ ...context, input: {} })
  return new Map(listed?.queues.map((queue) => [queue.queueId, queue.memberIds]))
}

function changed(before: readonly string[], after: readonly string[]): string[] {
  return [
    ...before.filter((memberId) => !after.includes(memberId)),
    ...after.filter((memberId) => !before.includes(memberId)),
  ]
}
