import type { Connection } from '@parley/shared/client/connection.ts'
import type { ConversationFeed, FeedView } from '@parley/shared/client/feed.ts'
import { useEffect, useState } from 'preact/hooks'
import { createDrawSoon } from '../conversation/draw-soon.ts'

export interface Watched {
  feed: ConversationFeed
  view: FeedView
}

/** A feed that leaves no trace, for exactly as long as the conversation is on the screen: so long it is on record. */
export function useWatched(connection: Connection, conversationId: string): Watched | null {
  const [watched, setWatched] = useState<Watched | null>(null)
  useEffect(() => {
    const feed = connection.openConversation(conversationId, { isWatching: true })
    const show = () => setWatched({ feed, view: feed.get() })
    const drawing = createDrawSoon(show)
    show()
    const stop = feed.subscribe(drawing.soon)
    return () => {
      stop()
      drawing.stop()
      feed.close()
      setWatched(null)
    }
  }, [connection, conversationId])
  return watched
}

/** What somebody is typing, where the site shows it to those who watch. */
export function useTyped(
  connection: Connection,
  conversationId: string,
): { name: string; text: string } | null {
  const [typed, setTyped] = useState<{ name: string; text: string } | null>(null)
  useEffect(() => {
    let timer: ReturnType<typeof setTimeout> | undefined
    setTyped(null)
    const stopTyping = connection.on('typing', (typing) => {
      if (typing.conversationId !== conversationId || typing.who.side === 'staff') return
      clearTimeout(timer)
      setTyped(typing.isTyping ? { name: typing.who.name, text: typing.text ?? '' } : null)
      if (typing.isTyping) timer = setTimeout(() => setTyped(null), fadesMs)
    })
    const stopEvents = connection.on('event', (event) => {
      if (event.conversationId === conversationId && event.type === 'messageSent') setTyped(null)
    })
    return () => {
      clearTimeout(timer)
      stopTyping()
      stopEvents()
    }
  }, [connection, conversationId])
  return typed
}

const fadesMs = 6_000
