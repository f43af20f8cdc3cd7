import type { CommandAnswer } from '@parley/shared/protocol/answers.ts'
import type { CommandName, CommandWish } from '@parley/shared/protocol/commands.ts'
import type { Refusal } from '@parley/shared/protocol/refusals.ts'
import { useCallback, useEffect, useRef, useState } from 'preact/hooks'
import { ask } from '../../connection.ts'
import { me } from '../../session.ts'

export interface Asked<Value> {
  value: Value | undefined
  refusal: Refusal | undefined
  isAsking: boolean
  reload: () => Promise<void>
  /** Shows a change before or after the server has it. */
  put: (value: Value) => void
}

export function useAsk<N extends CommandName>(name: N, wish: CommandWish<N>): Asked<CommandAnswer<N>> {
  const [value, put] = useState<CommandAnswer<N>>()
  const [refusal, setRefusal] = useState<Refusal>()
  const [isAsking, setAsking] = useState(true)
  const latest = useRef(0)
  const key = `${me.value?.siteId ?? ''} ${name} ${JSON.stringify(wish)}`

  const reload = useCallback(async () => {
    latest.current += 1
    const asked = latest.current
    setAsking(true)
    const outcome = await ask(name, wish)
    if (asked !== latest.current) return
    setAsking(false)
    if (outcome.ok) put(() => outcome.value)
    setRefusal(outcome.ok ? undefined : outcome.refusal)
  }, [key])

  useEffect(() => {
    void reload()
    return () => {
      latest.current += 1
    }
  }, [reload])

  return { value, refusal, isAsking, reload, put: (next) => put(() => next) }
}
