import { emit } from './listeners.ts'
import css from './loader.css?inline'
import { kept, recall } from './memory.ts'
import { site } from './site.ts'

export const page = document
export const host = page.createElement('parley-chat')
export const root = host.attachShadow({ mode: 'open' })
export const button = page.createElement('button')
const badge = page.createElement('b')
const words = new Text(site.launcherText ?? '')
const sheet = new CSSStyleSheet()

sheet.replaceSync(css)
root.adoptedStyleSheets = [sheet]
root.append(button)
button.append(page.createElement('i'), words, badge)

let told = 0

export const unread = () => +(kept.unread as string) || 0

/** As it is kept now: another tab may have read what was new. */
export function showUnread(): void {
  recall()
  const count = unread()
  badge.hidden = !count
  badge.textContent = (count > 9 ? '9+' : count) as string
  // In the reader's language once the panel has spoken.
  button.ariaLabel = kept.label ?? (words.data || 'Open chat')
  if (told !== count) emit('unread', count)
  told = count
}

/** The chat cannot be reached: the launcher says so, and leads to another way to ask where the site has one. */
export function showFailure(): void {
  words.data = button.ariaLabel = site.failure
}
