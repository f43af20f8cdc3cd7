import { signal } from '@preact/signals'
import type { InboxRows } from './inbox-rows.ts'

/** The list that is shown now: the conversation beside it and the command menu read it. */
export const currentInbox = signal<InboxRows | null>(null)
