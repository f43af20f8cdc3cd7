import '../theme/panel.css'
import { render } from 'preact'
import type { Shown } from '../channel.ts'
import { speak } from '../i18n/words.ts'
import { App } from './app.tsx'
import { dress } from './dress.ts'
import { meetHost, tellHost } from './host.ts'
import { fetchRest, live } from './parts/later.ts'
import { change, getState, recall, recallAll, watch } from './state.ts'

let isBegun = false

meetHost(([name, value]) => {
  switch (name) {
    case 'start':
      recallAll(value.kept)
      change({
        context: value.context,
        settings: value.settings,
        identity: value.identity,
        ...shownAs(value.shown),
      })
      dress(value.settings.theme)
      tellHost('page', true)
      void speak([value.settings.locale ?? '', value.lang, ...navigator.languages]).then(begin)
      return
    case 'shown':
      if (value === 0 || getState().isShown) return change(shownAs(value))
      change(shownAs(value))
      document.querySelector<HTMLElement>('h1, [data-first]')?.focus({ preventScroll: true })
      return fetchRest()
    case 'kept':
      return recallAll(value)
    case 'settings':
      change({ settings: value })
      return dress(value.theme)
    case 'identity':
      change({ identity: value })
      return live.now()?.identify()
    case 'context':
      change({ context: value })
      return live.now()?.refresh()
    case 'page':
      return change({ page: value })
    case 'go':
    case 'prefill':
    case 'send':
      return void live.fetch().then((loaded) => loaded.obey(name, value))
  }
})

function shownAs(shown: Shown) {
  document.documentElement.toggleAttribute('data-phone', shown === 2)
  return { isShown: shown > 0, isPhone: shown === 2 }
}

function begin(): void {
  if (isBegun) return
  isBegun = true
  const draw = () => render(<App />, document.body)
  watch(draw)
  draw()
  addEventListener('keydown', (event) => {
    if (event.key === 'Escape' && !event.defaultPrevented) tellHost('close', true)
  })
  tellHost('loaded', true)
  if (getState().isShown || recall('conversation') || recall('starting')) fetchRest()
}
