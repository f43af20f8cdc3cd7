import { site } from './site.ts'

export const place = `parley:${site.key}`

/** Kept in the page's own storage, and in this variable alone where storage is blocked. */
export let kept: Record<string, string> = {}

/** What a full storage did not take, where it holds nothing. */
let unwritten = '{}'

export function recall(): typeof kept {
  try {
    kept = JSON.parse(localStorage[place] ?? unwritten)
  } catch {}
  return kept
}

/** Read before each write: another tab may have kept something since. */
export function keep(name: string, value: string | null): void {
  recall()
  if (value === null) delete kept[name]
  else kept[name] = value
  try {
    localStorage[place] = JSON.stringify(kept)
  } catch {
    unwritten = JSON.stringify(kept)
  }
}

export function wipe(): void {
  kept = {}
  unwritten = '{}'
  try {
    delete localStorage[place]
  } catch {}
}
