import css from './loader.css?inline'
import { kept } from './memory.ts'
import { site } from './site.ts'

const { name, colour, launcherText, fallbackUrl } = site.branding
const glyph =
  'M8 14H6l-3 3V6a2 2 0 0 1 2-2h8a2 2 0 0 1 2 2v1M11 10h8a2 2 0 0 1 2 2v9l-3-3h-7a2 2 0 0 1-2-2v-4a2 2 0 0 1 2-2z'

const make = <K extends keyof HTMLElementTagNameMap>(tag: K) => document.createElement(tag)
const draw = (tag: string, attributes: Record<string, string | number>) => {
  const node = document.createElementNS('http://www.w3.org/2000/svg', tag)
  for (const key in attributes) node.setAttribute(key, `${attributes[key]}`)
  return node
}

export const host = document.createElement('parley-chat')
export const root = host.attachShadow({ mode: 'open' })
export const button = make('button')
const badge = make('b')
const note = make('p')

const sheet = new CSSStyleSheet()
sheet.replaceSync(css)
root.adoptedStyleSheets = [sheet]
const icon = draw('svg', {
  viewBox: '0 0 24 24',
  width: 28,
  height: 28,
  fill: 'none',
  stroke: 'currentColor',
})
icon.append(draw('path', { d: glyph, 'stroke-width': 1.5, 'stroke-linejoin': 'round' }))
button.append(icon, launcherText ?? '', badge)
root.append(button, note)
note.role = 'alert'
note.hidden = true
host.style.setProperty('--c', colour)

export const unread = () => Number(kept['unread']) || 0

export function showUnread(): void {
  const count = unread()
  badge.hidden = !count
  badge.textContent = count > 9 ? '9+' : `${count}`
  button.ariaLabel =
    (launcherText ?? 'Open chat') + (count ? `, ${count} unread message${count > 1 ? 's' : ''}` : '')
}

/** The chat cannot be reached: another way to ask, or at least a plain sentence. */
export function showFailure(isFailed: boolean): void {
  note.hidden = !isFailed
  note.textContent = `${name} chat cannot be reached at the moment. `
  if (!fallbackUrl) return note.append('Please try again in a few minutes.')
  const link = make('a')
  link.href = fallbackUrl
  link.textContent = 'Reach us another way'
  note.append(link)
}
