import { useEffect, useState } from 'preact/hooks'
import { ask } from '../connection.ts'
import { me } from '../session.ts'

/** Undefined until it is known: CSRs review where the site has named them. */
export function useIsReviewer(): boolean | undefined {
  const role = me.value?.role
  const memberId = me.value?.memberId
  const [isNamed, setNamed] = useState<boolean>()
  useEffect(() => {
    if (role !== 'csr') return
    let isStale = false
    void ask('viewReviewSettings', {}).then((outcome) => {
      if (!isStale) setNamed(outcome.ok && outcome.value.rules.reviewerIds.includes(memberId ?? ''))
    })
    return () => {
      isStale = true
    }
  }, [role, memberId])
  if (role === 'csr') return isNamed
  return role === 'moderator' || role === 'admin'
}
