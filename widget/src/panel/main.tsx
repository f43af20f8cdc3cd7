import '../theme/panel.css'
import { render } from 'preact'
import type { PageState } from '../channel.ts'
import { speak } from '../i18n/words.ts'
import { App } from './app.tsx'
import { dress } from './dress.ts'
import { hearPage } from './hear-page.ts'
import { meetHost, tellHost } from './host.ts'
import { fetchRest } from './parts/later.ts'
import { getState, recall, watch } from './state.ts'

let isBegun = false

meetHost((page) => {
  const { locale } = getState().settings
  hearPage(page)
  // Another language is another document: what was typed is kept by the page.
  if (isBegun && getState().settings.locale !== locale) return location.reload()
  dress(getState().settings.theme)
  if (!isBegun) void begin(page)
  else if (getState().isShown) fetchRest()
})

let isDrawing = false
let isStale = false

/** A field that goes while it has the focus is left in the midst of a drawing: what changes then is drawn after it. */
function draw(): void {
  isStale = true
  if (isDrawing) return
  isDrawing = true
  try {
    while (isStale) {
      isStale = false
      render(<App />, document.body)
    }
  } finally {
    isDrawing = false
  }
}

async function begin([, , , lang]: PageState): Promise<void> {
  isBegun = true
  const { settings } = getState()
  await speak([settings.locale ?? '', lang, ...navigator.languages])
  watch(draw)
  draw()
  addEventListener('keydown', (event) => {
    if (event.key === 'Escape' && !event.defaultPrevented) tellHost('close')
  })
  if (getState().isShown || recall('conversation') || recall('starting')) fetchRest()
}
