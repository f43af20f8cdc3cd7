import { signal } from '@preact/signals'

/** What was typed and not saved, by the name of its form; kept while the console is open, whatever page is shown. */
export const drafts = signal<ReadonlyMap<string, unknown>>(new Map())

export function keepDraft(name: string, draft: unknown): void {
  const next = new Map(drafts.peek())
  if (draft === null) next.delete(name)
  else next.set(name, draft)
  drafts.value = next
}

/** Another site's or another person's drafts must not show here. */
export function dropDrafts(): void {
  drafts.value = new Map()
}
