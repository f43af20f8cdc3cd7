import type { Connection } from '@parley/shared/client/connection.ts'
import type { Author } from '@parley/shared/people.ts'
import type { ServerHints } from '@parley/shared/protocol/ephemeral.ts'
import { useEffect, useRef, useState } from 'preact/hooks'

export type Viewer = ServerHints['viewing']['viewers'][number]
export type ViewingMode = Viewer['mode']

/** Hints may be lost: they are said again, and what is not said again fades. */
const sayAgainMs = 15_000
const typingFadesMs = 6_000

/** Tells colleagues that we look at this conversation, and hears who else does. */
export function useViewing(
  connection: Connection,
  conversationId: string,
  ownId: string,
  mode: ViewingMode,
  isFollowing: boolean,
): Viewer[] {
  const [viewers, setViewers] = useState<Viewer[]>([])
  useEffect(
    () =>
      connection.on('viewing', (viewing) => {
        if (viewing.conversationId === conversationId)
          setViewers(viewing.viewers.filter(({ memberId }) => memberId !== ownId))
      }),
    [connection, conversationId, ownId],
  )
  useEffect(() => {
    if (!isFollowing) return
    const say = () => connection.hint('viewing', { conversationId, mode })
    say()
    const timer = setInterval(say, sayAgainMs)
    return () => clearInterval(timer)
  }, [connection, conversationId, mode, isFollowing])
  useEffect(
    () => () => connection.hint('viewing', { conversationId, mode: 'left' }),
    [connection, conversationId],
  )
  return viewers
}

/** Name of somebody of another side who is writing now. */
export function useTyping(
  connection: Connection,
  conversationId: string,
  isOurs: (by: Author) => boolean,
): string | null {
  const ours = useRef(isOurs)
  ours.current = isOurs
  const [name, setName] = useState<string | null>(null)
  const timer = useRef<ReturnType<typeof setTimeout> | undefined>(undefined)
  useEffect(() => {
    const stopTyping = connection.on('typing', (typing) => {
      if (typing.conversationId !== conversationId || ours.current(typing.who)) return
      clearTimeout(timer.current)
      setName(typing.isTyping ? typing.who.name : null)
      if (typing.isTyping) timer.current = setTimeout(() => setName(null), typingFadesMs)
    })
    const stopEvents = connection.on('event', (event) => {
      if (event.conversationId !== conversationId || event.type !== 'messageSent') return
      if (!ours.current(event.by)) setName(null)
    })
    return () => {
      stopTyping()
      stopEvents()
      clearTimeout(timer.current)
    }
  }, [connection, conversationId])
  return name
}
