import { useEffect } from 'preact/hooks'
import { ErrorBoundary, lazy, Route, Router, useLocation } from 'preact-iso'
import { Inbox } from './inbox/inbox.tsx'
import { paths } from './paths.ts'
import { fetchPart, Unreachable } from './reach-session.tsx'
import { me } from './session.ts'
import { Shell } from './shell/shell.tsx'

const Settings = lazy(() =>
  fetchPart(() => import('./settings/settings.tsx')).then((module) => module.Settings),
)
const SignIn = lazy(() => fetchPart(() => import('./sign-in/sign-in.tsx')).then((module) => module.SignIn))

/** Invitations and first set-up arrive as a fragment on /console/ and are the sign-in page's. */
export function Routes() {
  const { path, route } = useLocation()
  const who = me.value
  const hasOneTimeToken = /^#(invite|setup)=/.test(location.hash)
  const isOut = who === null || hasOneTimeToken || who?.mustEnrolTotp === true
  const isAtSignIn = path === paths.signIn

  useEffect(() => {
    if (isOut && !isAtSignIn) {
      const from = path.startsWith(`${paths.inbox}/`) || path.startsWith(paths.settings) ? path : ''
      route(`${paths.signIn}${from && `?from=${encodeURIComponent(from)}`}${location.hash}`, true)
    }
    if (who && !isOut && (isAtSignIn || path === '/console')) route(landing(), true)
  }, [isOut, isAtSignIn, path, who])

  if (who === undefined && !hasOneTimeToken) return <Unreachable />
  if (isOut)
    return (
      <>
        <Unreachable />
        <ErrorBoundary>
          <SignIn />
        </ErrorBoundary>
      </>
    )
  return (
    <Shell>
      <Router>
        <Route path="/console/inbox/:view?/:conversationId?" component={Inbox} />
        <Route path="/console/settings/*" component={Settings} />
        <Route path="/console/settings" component={Settings} />
        <Route default component={Inbox} />
      </Router>
    </Shell>
  )
}

function landing(): string {
  const from = new URLSearchParams(location.search).get('from')
  return from?.startsWith('/console/') ? from : paths.inbox
}
