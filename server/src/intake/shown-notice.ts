import type { CustomerActor } from '@parley/shared/people.ts'
import type { EventPayloads } from '@parley/shared/protocol/events.ts'
import type { Parts } from '../app/parts.ts'
import { localeOf } from '../identity/index.ts'
import { keepNotice } from '../sites/index.ts'

/** What stands before this person when they write first; nothing where the site shows no notice. */
export async function shownNotice(
  parts: Parts,
  { siteId, visitorId }: CustomerActor,
  words: string,
): Promise<EventPayloads['conversationStarted']['notice']> {
  if (words === '') return undefined
  const [version, language] = await Promise.all([
    keepNotice(parts.database, siteId, words, parts.clock.now()),
    localeOf(parts.database, siteId, visitorId),
  ])
  return { version, language }
}
