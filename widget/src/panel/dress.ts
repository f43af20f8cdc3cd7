import type { PageSettings } from '../channel.ts'
import { getState, site } from './state.ts'

const dark = matchMedia('(prefers-color-scheme: dark)')
let wished: PageSettings['theme']

/** Theme as the page or else the reader wishes it, and the site's colour in place of our own green. */
export function dress(theme = wished): void {
  wished = theme
  const { dataset, style } = document.documentElement
  const isDark = theme === 'dark' || (theme !== 'light' && dark.matches)
  dataset.theme = isDark ? 'dark' : 'light'
  const { colour = site.branding.colour } = getState().settings
  if (colour === '#0f6b5c') return
  dataset.brand = ''
  style.setProperty('--brand', colour)
}

dark.addEventListener('change', () => dress())
