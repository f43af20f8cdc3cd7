import type { ConnectionState } from '@parley/shared/client/connection.ts'
import type { ConversationId } from '@parley/shared/ids.ts'
import type { Choice, Choices, InboxRow } from '@parley/shared/protocol/reading.ts'
import type { PanelSite } from '@parley/shared/protocol/site.ts'
import type { PageContext, PageSettings } from '../channel.ts'
import { tellHost } from './host.ts'
import { createWatchers } from './watchers.ts'

export type Screen =
  | { name: 'choose' }
  | { name: 'form'; choice: Choice }
  /** Not opened yet while there is no id; `place` stays the same when it gets one. */
  | { name: 'chat'; conversationId: ConversationId | null; choice?: Choice; place?: string }
  | { name: 'past' }

export interface PanelState {
  screen: Screen
  isShown: boolean
  isPhone: boolean
  context: PageContext
  settings: PageSettings
  page: { url: string; title: string }
  identity: string | null
  refusedIdentity: string | null
  connection: ConnectionState
  /** Has the connection been lost long enough to say so? */
  isOffline: boolean
  choices: Choices | null
  rows: InboxRow[]
  /** What the form holds, and what is wrong with it. */
  answers: Record<string, string>
  faults: Record<string, string | undefined>
  /** Why the last wish was refused, until the next one. */
  problem: string | null
}

export const site: PanelSite = JSON.parse(document.getElementById('site')?.textContent ?? '{}')

let state: PanelState = {
  screen: { name: 'choose' },
  isShown: false,
  isPhone: false,
  context: {},
  settings: {},
  page: { url: '', title: '' },
  identity: null,
  refusedIdentity: null,
  connection: 'connecting',
  isOffline: false,
  choices: null,
  rows: [],
  answers: {},
  faults: {},
  problem: null,
}
const { watch, tell, together } = createWatchers()

export { together, watch }

export const getState = () => state

export function change(next: Partial<PanelState>): void {
  state = { ...state, ...next }
  tell()
}

let kept: Record<string, string> = {}

export function recallAll(all: Record<string, string>): void {
  kept = all
}

export const recallNames = () => Object.keys(kept)
export const recall = (name: string) => kept[name]

/** Goes to the page's own storage: the frame's may be blocked. */
export function keep(name: string, value: string | null): void {
  if (value === null) delete kept[name]
  else kept[name] = value
  tellHost('keep', name, value)
}

export function show(screen: Screen): void {
  change({ screen, problem: null })
}
