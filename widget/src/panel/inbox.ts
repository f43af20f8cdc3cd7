import type { ConversationId } from '@parley/shared/ids.ts'
import type { InboxRow } from '@parley/shared/protocol/reading.ts'
import { mayRetry } from '@parley/shared/protocol/refusals.ts'
import { say } from '../i18n/words.ts'
import { aboutOf } from './about.ts'
import { connection } from './connect.ts'
import { tellHost } from './host.ts'
import { talk } from './parts/later.ts'
import { change, getState, keep, site, watch } from './state.ts'

/** Who can help now, and this person's chats: asked on each connect and when something changed. */
export async function refresh(): Promise<void> {
  const { context, page } = getState()
  const [choices, list] = await Promise.all([
    connection.ask('describeChoices', { about: aboutOf(context, page) }),
    connection.ask('listConversations', {}),
  ])
  if (choices.ok) change({ choices: choices.value })
  if (list.ok) setRows(list.value.rows)
  // Chats of before are read or taken along: what shows them comes beside this screen.
  const { rows, choices: known } = getState()
  talk.now(rows.length > 0 || known?.movable.length)
  const refused = [choices, list].find((outcome) => !outcome.ok)
  if (refused && !refused.ok && mayRetry(refused.refusal)) refreshSoon(refused.refusal.retryAfterMs)
}

function setRows(rows: InboxRow[]): void {
  const newestFirst = [...rows].sort((one, other) => (one.updatedAt < other.updatedAt ? 1 : -1))
  change({ rows: newestFirst })
  // While one is open, the next page of the shop connects by itself to learn of answers.
  const open = newestFirst.find((row) => row.status !== 'closed')
  keep('conversation', open?.conversationId ?? null)
}

export function patch(conversationId: ConversationId, next: (row: InboxRow) => Partial<InboxRow>): void {
  const { rows } = getState()
  if (rows.some((row) => row.conversationId === conversationId))
    setRows(rows.map((row) => (row.conversationId === conversationId ? { ...row, ...next(row) } : row)))
  else void refresh()
}

connection.on('state', (state) => {
  if (state === 'online') void refresh()
})

let soon: ReturnType<typeof setTimeout> | undefined
// Spread, so that a whole site does not ask in one moment.
function refreshSoon(leastMs = 500): void {
  clearTimeout(soon)
  soon = setTimeout(refresh, leastMs + Math.random() * 1_500)
}
connection.on('availability', () => refreshSoon())
connection.on('inbox', (row) => patch(row.conversationId, (held) => ({ ...row, unread: held.unread })))
connection.on('forget', ({ conversationId }) =>
  setRows(getState().rows.filter((row) => row.conversationId !== conversationId)),
)

export const unreadNow = () => getState().rows.reduce((sum, row) => sum + row.unread, 0)

let told = -1
watch(() => {
  const unread = unreadNow()
  if (unread === told || !getState().choices) return
  told = unread
  // What the launcher is called, in the reader's language: it has no words of its own.
  const name = site.branding.launcherText ?? say('open')
  keep('label', unread > 0 ? name + say('comma') + say('unreadIn', unread) : name)
  keep('unread', `${unread}`)
})

let last = ''
watch(() => {
  const { choices } = getState()
  if (!choices) return
  const isThere = (kind: 'support' | 'vendor') =>
    choices.choices.some((choice) => choice.with.kind === kind && choice.isAvailable)
  const availability = { support: isThere('support'), vendor: isThere('vendor') }
  const now = JSON.stringify(availability)
  if (now === last) return
  last = now
  tellHost('event', 'availability', availability)
})
