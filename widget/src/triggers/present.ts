import type { Action } from '@parley/shared/triggers/rule.ts'
import type { PageSettings } from '../channel.ts'
import type { Host } from './host.ts'
import css from './present.css?inline'
import { wordsIn } from './words.ts'

const page = document
const shop =
  'M3.5 8.5 4.6 4h10.8l1.1 4.5M3.5 8.5h13M3.5 8.5a2.2 2.2 0 0 0 4.3 0 2.2 2.2 0 0 0 4.4 0 2.2 2.2 0 0 0 4.3 0M4.8 11v5h10.4v-5'
const headset =
  'M3.5 12v-1.5a6.5 6.5 0 0 1 13 0V12M3.5 12v1.5a1.5 1.5 0 0 0 3 0V12a1.5 1.5 0 0 0-3 0Zm10 0v1.5a1.5 1.5 0 0 0 3 0V12a1.5 1.5 0 0 0-3 0Zm3 1.5c0 2-1.6 3-4 3'
const paper = 'M6 3h6l3 3v11H5V3h1Zm2 6h5m-5 3h5'
const cross = 'm5 5 10 10M15 5 5 15'

function make(name: string, from: Record<string, string>, ...children: (Node | string)[]): HTMLElement {
  const element = page.createElement(name)
  for (const [key, value] of Object.entries(from)) element.setAttribute(key, value)
  element.append(...children)
  return element
}

function drawing(path: string): SVGElement {
  const of = (name: string) => page.createElementNS('http://www.w3.org/2000/svg', name)
  const svg = of('svg')
  const line = of('path')
  svg.setAttribute('viewBox', '0 0 20 20')
  svg.setAttribute('aria-hidden', 'true')
  line.setAttribute('d', path)
  svg.append(line)
  return svg
}

let isWorn = false
let clear = () => {}

/** Draws what a rule shows beside the launcher. It never takes the focus; whoever wants it gets to it by keyboard. */
export function present(host: Host, action: Action, accept: () => void, dismiss: () => void): void {
  const { root, button, on } = host
  if (!isWorn) {
    const sheet = new CSSStyleSheet()
    sheet.replaceSync(css)
    root.adoptedStyleSheets = [...root.adoptedStyleSheets, sheet]
    isWorn = true
  }
  clear()
  let isThere = true
  const gone = (then?: () => void) => {
    if (!isThere) return
    isThere = false
    const hadFocus = place.contains(root.activeElement)
    place.remove()
    if (hadFocus) button.focus()
    then?.()
  }
  clear = gone

  if (action.show === 'badge') {
    const dot = make('i', { class: 'dot' })
    button.append(dot)
    return on('opened', () => {
      if (!dot.isConnected) return
      dot.remove()
      accept()
    })
  }

  const pressed = (name: string, text: string | Node, run: () => void, label?: string) => {
    const element = make(
      'button',
      { class: name, type: 'button', ...(label && { 'aria-label': label }) },
      text,
    )
    element.addEventListener('click', run)
    return element
  }
  const settings = host.said().find(([name]) => name === 'update')?.[1] as PageSettings | undefined
  const [ask, read, notNow] = wordsIn([settings?.locale, page.documentElement.lang, ...navigator.languages])
  const close = pressed('close quiet', drawing(cross), () => gone(dismiss), notNow)
  const { title = '', text = '' } = action
  const isBubble = action.show === 'bubble'
  const box = make('aside', { 'aria-label': title || text, class: action.show })
  const isVendor = action.with === 'vendor'
  // The chat's own party colours: a shop's ochre, the marketplace's green.
  box.style.setProperty('--party', isVendor ? '#b87414' : '#0f8a75')
  const act = () => {
    if (action.url) open(action.url, '_blank', 'noopener')
    gone(accept)
  }
  if (isBubble) box.append(pressed('say', text, act), close)
  else {
    box.append(drawing(action.show === 'article' ? paper : isVendor ? shop : headset))
    box.append(make('p', { class: 'title', dir: 'auto' }, title))
    if (text) box.append(make('p', { dir: 'auto' }, text))
    const main = action.button || (action.show === 'article' ? read : ask)
    box.append(
      make(
        'div',
        {},
        pressed('', main, act),
        pressed('quiet', notNow, () => gone(dismiss)),
      ),
      close,
    )
  }
  box.addEventListener('keydown', (event) => {
    if (event.key === 'Escape') gone(dismiss)
  })
  // The region is there before its words are, so that they are read out.
  const place = make('div', { 'aria-live': 'polite' })
  root.append(place)
  requestAnimationFrame(() => place.append(box))
  on('opened', () => gone())
}
