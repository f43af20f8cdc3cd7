import './theme/tokens.css'
import './theme/base.css'
import { effect } from '@preact/signals'
import { render } from 'preact'
import { LocationProvider } from 'preact-iso'
import { connect, disconnect } from './connection.ts'
import { keepShell } from './install.ts'
import { ToastRegion } from './parts/toast.tsx'
import { applyTheme, preferences } from './preferences.ts'
import { reachSession } from './reach-session.tsx'
import { Routes } from './routes.tsx'
import { me } from './session.ts'

effect(() => applyTheme(preferences.theme.current.value))

let connectedAs: string | null = null
effect(() => {
  const who = me.value
  const key = who && !who.mustEnrolTotp ? `${who.siteId} ${who.memberId}` : null
  if (key === connectedAs) return
  connectedAs = key
  if (key === null) disconnect()
  else connect()
})

const root = document.querySelector('#console')
if (root)
  render(
    <LocationProvider scope="/console">
      <Routes />
      <ToastRegion />
    </LocationProvider>,
    root,
  )
void reachSession()
keepShell()
