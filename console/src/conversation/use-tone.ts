import type { Connection } from '@parley/shared/client/connection.ts'
import type { ConversationTone, DissatisfactionTrend, MessageTone } from '@parley/shared/protocol/tone.ts'
import { useEffect, useState } from 'preact/hooks'
import { ask } from '../connection.ts'
import { may } from '../settings/parts/may.ts'

export interface KnownTone {
  dissatisfaction: DissatisfactionTrend | null
  messages: ReadonlyMap<string, MessageTone>
}

const nothing: KnownTone = { dissatisfaction: null, messages: new Map() }

/** How the messages sound, kept live; vendors have no right to it and do not ask. */
export function useTone(connection: Connection, conversationId: string): KnownTone {
  const [known, setKnown] = useState(nothing)
  const mayRead = may('tone.read')
  useEffect(() => {
    setKnown(nothing)
    if (!mayRead) return
    let isOver = false
    const learn = (tone: ConversationTone) => setKnown((before) => withTone(before, tone))
    const load = async () => {
      const outcome = await ask('viewTone', { conversationId })
      if (outcome.ok && !isOver) learn(outcome.value)
    }
    const stops = [
      connection.on('tone', (tone) => {
        if (tone.conversationId === conversationId) learn(tone)
      }),
      connection.on('state', (state) => {
        if (state === 'online') void load()
      }),
    ]
    void load()
    return () => {
      isOver = true
      for (const stop of stops) stop()
    }
  }, [connection, conversationId, mayRead])
  return known
}

/** A live one may overtake the first answer: whoever has heard more of the customer is later. */
export function withTone(
  known: KnownTone,
  { dissatisfaction, messages, isOff }: ConversationTone,
): KnownTone {
  if (isOff) return nothing
  const all = new Map(known.messages)
  for (const message of messages) all.set(message.messageId, message)
  const at = (trend: DissatisfactionTrend | null) => trend?.points.at(-1)?.at ?? ''
  const isLater = at(dissatisfaction) >= at(known.dissatisfaction)
  return { dissatisfaction: isLater ? dissatisfaction : known.dissatisfaction, messages: all }
}
