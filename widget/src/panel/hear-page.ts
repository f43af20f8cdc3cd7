import type { Call, PageContext, PageSettings, PageState, Wish } from '../channel.ts'
import { live, obeying } from './parts/later.ts'
import { change, getState, recallAll } from './state.ts'

const isRecord = (value: unknown): value is object => typeof value === 'object' && value !== null

let saidContext = ''

/** Takes over how things are on the page, and does what it wishes. */
export function hearPage([kept, said, shown, , url, title]: PageState): void {
  const before = getState()
  let context: PageContext = {}
  let settings: PageSettings = {}
  let identity: string | null = null
  const wishes: Wish[] = []
  for (const [name, value, more] of said as Call[]) {
    if (name === 'identify' && typeof value === 'string') identity = value
    else if (name === 'setContext' && isRecord(value)) context = { ...context, ...value }
    else if (name === 'clearContext') context = {}
    else if (name === 'update' && isRecord(value)) settings = value
    else if (typeof value === 'string') wishes.push({ name, value, id: `${more ?? ''}` })
  }
  const isNews = saidContext !== JSON.stringify(context)
  saidContext = JSON.stringify(context)
  recallAll(kept)
  document.documentElement.toggleAttribute('data-phone', shown === 2)
  change({
    // The page may have led to another matter meanwhile: that lasts until it says something new.
    context: isNews ? context : before.context,
    settings,
    // A token the server has refused is not shown to it again.
    identity: identity === before.refusedIdentity ? null : identity,
    isShown: shown > 0,
    isPhone: shown === 2,
    page: { url: url.split('#')[0] ?? '', title },
  })
  if (identity !== before.identity && identity !== before.refusedIdentity) live.now()?.identify()
  if (isNews) void live.now()?.refresh()
  if (shown > 0 && !before.isShown)
    document.querySelector<HTMLElement>('[data-first], h1')?.focus({ preventScroll: true })
  if (wishes.length > 0) void obeying.fetch().then((loaded) => loaded.obey(wishes))
}
