import css from './loader.css?inline'
import { kept } from './memory.ts'
import { site } from './site.ts'

const page = document
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

export const unread = () => Number(kept.unread) || 0

export function showUnread(): void {
  const count = unread()
  badge.hidden = !count
  badge.textContent = count > 9 ? '9+' : `${count}`
  button.ariaLabel =
    (words.data || 'Open chat') + (count ? `, ${count} unread message${count > 1 ? 's' : ''}` : '')
}

/** The chat cannot be reached: the launcher says so, and leads to another way to ask where the site has one. */
export function showFailure(): void {
  words.data = `Chat cannot be reached. ${site.fallbackUrl ? 'Reach us another way' : 'Try again later'}`
  showUnread()
}
