import type { Connection } from '@parley/shared/client/connection.ts'
import { useEffect, useState } from 'preact/hooks'
import type { Mentionable } from './mentions.ts'

const nobody: readonly Mentionable[] = []

/** Who can be called here, asked again whenever it may have changed: who has the conversation may read it. */
export function useMentionable(
  connection: Connection,
  conversationId: string,
  isNote: boolean,
  version: string,
): { people: readonly Mentionable[]; load: () => Promise<readonly Mentionable[]> } {
  const [people, setPeople] = useState(nobody)
  const load = async () => {
    const outcome = await connection.ask('listMentionable', { conversationId })
    if (!outcome.ok) return people
    setPeople(outcome.value.members)
    return outcome.value.members
  }
  useEffect(() => {
    if (isNote) void load()
  }, [conversationId, isNote, version])
  return { people, load }
}
