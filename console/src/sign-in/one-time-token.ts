import type { Me } from '@parley/shared/protocol/reading.ts'
import { signal } from '@preact/signals'
import { me } from '../session.ts'

/** Said beside the address, which tells nobody that it has changed. */
export const hasLeftToken = signal(false)

/** One-time tokens travel in the fragment only: it is sent to no server and stands in no log. */
export function oneTimeToken(hash: string): { purpose: 'invite' | 'setup'; token: string } | undefined {
  const found = /^#(invite|setup)=([A-Za-z0-9_.~-]+)$/.exec(hash)
  if (found === null) return undefined
  return { purpose: found[1] === 'invite' ? 'invite' : 'setup', token: found[2] ?? '' }
}

/** The token is spent: it must not stay in the address, in the history or in a bookmark. */
export function leaveToken(who: Me | null): void {
  forgetToken()
  hasLeftToken.value = true
  me.value = who
}

/** As `leaveToken`, and the page stays. */
export function forgetToken(): void {
  history.replaceState(history.state, '', location.pathname + location.search)
}
