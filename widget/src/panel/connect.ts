import { createLink } from '@parley/shared/client/link.ts'
import type { protocolVersion } from '@parley/shared/protocol/version.ts'
import { hearAgain, tellHost } from './host.ts'
import { reader } from './own.ts'
import { change, getState, keep, recall, site } from './state.ts'

// Taken as a type, so that the number cannot drift and nothing of the schemas is bundled.
const protocol: typeof protocolVersion = 1
/** A short loss is nobody's concern. */
const patienceMs = 2_500
const expiryNoticeMs = 60_000

async function realtime(): Promise<typeof import('./realtime.ts')> {
  try {
    return await import('./realtime.ts')
  } catch {
    await new Promise((resume) => setTimeout(resume, 3_000))
    return realtime()
  }
}

let visitorToken: string | undefined

export const connection = createLink({
  openSocket: async (auth) => (await realtime()).openSocket(auth),
  async hello() {
    // Another tab may have a newer token: an old one, said late, ends the visit.
    await hearAgain()
    const { identity } = getState()
    visitorToken = recall('token')
    return {
      kind: 'visitor',
      protocol,
      siteKey: site.key,
      ...(visitorToken ? { visitorToken } : {}),
      ...(identity ? { identityToken: identity } : {}),
      locale: navigator.language,
      timeZone: Intl.DateTimeFormat().resolvedOptions().timeZone,
    }
  },
})

let lost: ReturnType<typeof setTimeout> | undefined
let expiry: ReturnType<typeof setTimeout> | undefined

function noticeLoss(): void {
  clearTimeout(lost)
  // The browser often knows before the connection does.
  if (!navigator.onLine) change({ isOffline: true })
  else if (connection.state === 'online') change({ isOffline: false })
  else lost = setTimeout(() => change({ isOffline: true }), patienceMs)
}

connection.on('state', (state) => {
  change({ connection: state })
  noticeLoss()
})
noticeLoss()

connection.on('welcome', ({ visitorToken: given, identityExpiresAt, readerId }) => {
  reader.id = readerId
  if (given) keep('token', given)
  clearTimeout(expiry)
  if (!identityExpiresAt) return
  const leftMs = Date.parse(identityExpiresAt) - Date.now() - expiryNoticeMs
  expiry = setTimeout(
    () => tellHost('event', 'identityExpiring', { expiresAt: identityExpiresAt }),
    Math.max(0, leftMs),
  )
})

connection.on('refused', ({ reason }) => {
  tellHost('event', 'error', { code: reason })
  if (reason === 'visitor.ended' && visitorToken) {
    // Unless another tab has begun anew already.
    if (recall('token') === visitorToken) keep('token', null)
    connection.reconnect()
  } else if (reason === 'identity.refused' && getState().identity) {
    // The page can sign again; until then this is a browser like any other.
    change({ identity: null, refusedIdentity: getState().identity })
    tellHost('event', 'identityExpiring', { expiresAt: new Date().toISOString() })
    connection.reconnect()
  }
})

// A phone that wakes, a page that comes back: do not wait for the next attempt.
const comeBack = () => {
  if (connection.state === 'offline') connection.reconnect()
}
addEventListener('online', () => {
  noticeLoss()
  comeBack()
})
addEventListener('offline', noticeLoss)
addEventListener('visibilitychange', comeBack)
addEventListener('pageshow', (event) => event.persisted && connection.reconnect())
