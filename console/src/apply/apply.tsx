import type { Refusal } from '@parley/shared/protocol/refusals.ts'
import { CircleAlert } from 'lucide'
import type { ComponentChildren } from 'preact'
import { useEffect, useState } from 'preact/hooks'
import { Empty } from '../parts/empty.tsx'
import { Skeleton } from '../parts/skeleton.tsx'
import { refusalWords } from '../settings/parts/refusal-words.ts'
import { Mark } from '../sign-in/mark.tsx'
import {
  type ApplicantView,
  type ApplicationForm,
  applicationToken,
  follow,
  loadForm,
} from './application.ts'
import { ApplicationPage } from './application-page.tsx'
import styles from './apply.module.css'
import { FollowApplication } from './follow-application.tsx'

/** Outside the console: somebody who has no account asks to become a vendor, and sees what comes of it. */
export function Apply() {
  const siteKey = new URLSearchParams(location.search).get('site')
  const [token, setToken] = useState(() => applicationToken(siteKey))
  const [link, setLink] = useState<string | null>(null)
  const [form, setForm] = useState<ApplicationForm>()
  const [view, setView] = useState<ApplicantView>()
  const [refusal, setRefusal] = useState<Refusal>()

  useEffect(() => {
    let isGone = false
    const load = async () => {
      if (token !== undefined) {
        const outcome = await follow(token)
        if (isGone) return
        if (outcome.ok) setView(outcome.value)
        // The kept token belongs to an application that is no longer there: one can apply anew.
        else if (outcome.refusal.code === 'notFound' && siteKey !== null) setToken(undefined)
        else setRefusal(outcome.refusal)
        return
      }
      const outcome = await loadForm(siteKey ?? '')
      if (isGone) return
      if (outcome.ok) setForm(outcome.value)
      else setRefusal(outcome.refusal)
    }
    void load()
    return () => {
      isGone = true
    }
  }, [token, siteKey])

  if (refusal) return <Closed refusal={refusal} />
  if (view && token !== undefined)
    return (
      <Sheet siteName={view.siteName}>
        <FollowApplication view={view} token={token} link={link} onChange={setView} />
      </Sheet>
    )
  if (form && siteKey !== null && token === undefined)
    return (
      <Sheet siteName={form.siteName}>
        <ApplicationPage
          form={form}
          siteKey={siteKey}
          onSent={(sent) => {
            setLink(sent.link)
            setToken(sent.token)
          }}
        />
      </Sheet>
    )
  return (
    <Sheet siteName="">
      <Skeleton lines={6} />
    </Sheet>
  )
}

function Sheet({ siteName, children }: { siteName: string; children: ComponentChildren }) {
  useEffect(() => {
    document.title = siteName === '' ? 'Parley' : `Sell at ${siteName}`
  }, [siteName])
  return (
    <main class={styles.page}>
      <div class={styles.inside}>
        <p class={styles.brand}>
          <Mark />
          {siteName === '' ? 'Parley' : siteName}
        </p>
        {children}
      </div>
    </main>
  )
}

function Closed({ refusal }: { refusal: Refusal }) {
  const isGone = refusal.code === 'notFound'
  return (
    <main class={styles.page}>
      <Empty
        isPage
        icon={CircleAlert}
        title={isGone ? 'Nothing to apply for here' : 'This could not be loaded'}
      >
        {isGone
          ? 'The marketplace takes no applications now, or the link is not whole.'
          : refusalWords(refusal)}
      </Empty>
    </main>
  )
}
