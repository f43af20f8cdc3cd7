import type { NewEvent } from '@parley/shared/protocol/events.ts'
import type { Site } from './site.ts'

/** From a vendor to the marketplace: to the queue of its topic, or else the first. Nothing where there is none. */
export function toSupport(
  site: Site,
  queues: readonly { id: string; name: string }[],
  topicId: string | undefined,
): NewEvent[] {
  const wanted = site.topics.find(({ id }) => id === topicId)?.queueId
  const queue = queues.find(({ id }) => id === wanted) ?? queues[0]
  if (!queue) return []
  const name = `${site.branding.name} support`
  return [{ type: 'transferred', payload: { with: { kind: 'support', name }, queue } }]
}
