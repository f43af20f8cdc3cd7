import type { Connection } from '@parley/shared/client/connection.ts'
import type { InboxRow } from '@parley/shared/protocol/reading.ts'
import { effect, signal } from '@preact/signals'
import { inboxCounts } from '../inbox/inbox-counts.ts'
import { me } from '../session.ts'
import { newsOf } from './is-news.ts'
import { playSound, showNotification } from './notify.ts'
import { rememberRow } from './remember-row.ts'

/** The conversation the person is looking at: it needs no sound. */
export const lookedAt = signal<string | null>(null)
/** Where a notification leads; the inbox goes there. */
export const wanted = signal<string | null>(null)

const blinkMs = 1_500

export function followNews(connection: Connection): () => void {
  const seen = new Map<string, InboxRow>()
  const latest = signal<string | null>(null)
  const startedAt = new Date().toISOString()

  function ring(title: string, news: string, conversationId: string): void {
    if (document.hasFocus() && lookedAt.peek() === conversationId) return
    playSound()
    if (document.hasFocus()) return
    latest.value = news
    showNotification(title, news, conversationId, () => {
      wanted.value = conversationId
    })
  }

  const stopInbox = connection.on('inbox', (row) => {
    const who = me.peek()
    const before = seen.get(row.conversationId)
    rememberRow(seen, row)
    if (!who) return
    const news = newsOf(before, row, who, startedAt)
    if (news === null) return
    ring(row.customer.name, news, row.conversationId)
  })

  const told = new Set<string>()
  const stopMentions = connection.on('mention', ({ conversationId, note }) => {
    // Whoever missed the first telling is told again; nobody is called twice by one note.
    if (note === null || told.has(note.noteId)) return
    told.add(note.noteId)
    ring(note.customer, `${note.by} mentioned you: ${note.text}`, conversationId)
  })

  let timer: ReturnType<typeof setInterval> | undefined
  const stopTitle = effect(() => {
    clearInterval(timer)
    const unread = inboxCounts.value?.unread ?? 0
    const calm = unread > 0 ? `(${unread}) Parley` : 'Parley'
    const news = latest.value
    document.title = calm
    if (news === null) return
    let isCalm = true
    timer = setInterval(() => {
      isCalm = !isCalm
      document.title = isCalm ? calm : news
    }, blinkMs)
  })
  const calmDown = () => {
    latest.value = null
  }
  addEventListener('focus', calmDown)

  return () => {
    stopInbox()
    stopMentions()
    stopTitle()
    clearInterval(timer)
    removeEventListener('focus', calmDown)
    document.title = 'Parley'
  }
}
