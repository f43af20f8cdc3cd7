import { useEffect } from 'preact/hooks'
import { ErrorBoundary, lazy, Route, Router, useLocation } from 'preact-iso'
import { Inbox } from './inbox/inbox.tsx'
import { mayModerate } from './moderation/may-moderate.ts'
import { paths } from './paths.ts'
import { fetchPart, Unreachable } from './reach-session.tsx'
import { me } from './session.ts'
import { may } from './settings/parts/may.ts'
import { Shell } from './shell/shell.tsx'

const Settings = lazy(() =>
  fetchPart(() => import('./settings/settings.tsx')).then((module) => module.Settings),
)
const Vendors = lazy(() => fetchPart(() => import('./vendors/vendors.tsx')).then((module) => module.Vendors))
const Apply = lazy(() => fetchPart(() => import('./apply/apply.tsx')).then((module) => module.Apply))
const Moderation = lazy(() =>
  fetchPart(() => import('./moderation/moderation.tsx')).then((module) => module.Moderation),
)
const Reviews = lazy(() => fetchPart(() => import('./reviews/reviews.tsx')).then((module) => module.Reviews))
const SignIn = lazy(() => fetchPart(() => import('./sign-in/sign-in.tsx')).then((module) => module.SignIn))

/** Invitations and first set-up arrive as a fragment on /console/ and are the sign-in page's. */
export function Routes() {
  const { path, route } = useLocation()
  const who = me.value
  const hasOneTimeToken = /^#(invite|setup)=/.test(location.hash)
  const isOut = who === null || hasOneTimeToken || who?.mustEnrolTotp === true
  const isAtSignIn = path === paths.signIn
  // Whoever applies has no account, and somebody who has may look at the page too.
  const isApplying = path === paths.apply

  useEffect(() => {
    if (isApplying) return
    if (isOut && !isAtSignIn) {
      const isKept = [`${paths.inbox}/`, paths.settings, paths.vendors, paths.moderation, paths.reviews].some(
        (start) => path.startsWith(start),
      )
      const from = isKept ? path : ''
      route(`${paths.signIn}${from && `?from=${encodeURIComponent(from)}`}${location.hash}`, true)
    }
    if (who && !isOut && (isAtSignIn || path === '/console')) route(landing(), true)
  }, [isOut, isAtSignIn, path, who])

  if (isApplying)
    return (
      <ErrorBoundary>
        <Apply />
      </ErrorBoundary>
    )
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
  const readsInbox = may('inbox.read')
  return (
    <Shell>
      {/* Within one address the router keeps what it has drawn, also when the right to it is gone. */}
      <Router key={String(readsInbox)}>
        <Route path="/console/inbox/:view?/:conversationId?" component={readsInbox ? Inbox : Vendors} />
        <Route
          path="/console/moderation/:conversationId?"
          component={mayModerate(who?.role) ? Moderation : Inbox}
        />
        <Route path="/console/reviews/:view?/:reviewId?" component={Reviews} />
        <Route path="/console/settings/*" component={Settings} />
        <Route path="/console/settings" component={Settings} />
        <Route path="/console/vendors/:vendorId?" component={Vendors} />
        <Route default component={readsInbox ? Inbox : Vendors} />
      </Router>
    </Shell>
  )
}

function landing(): string {
  const from = new URLSearchParams(location.search).get('from')
  if (from?.startsWith('/console/')) return from
  return may('inbox.read') ? paths.inbox : paths.vendors
}
