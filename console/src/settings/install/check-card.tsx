import type { InstallationCheck } from '@parley/shared/protocol/settings.ts'
import { CircleCheck, CircleDashed, RefreshCw, TriangleAlert } from 'lucide'
import type { ComponentChildren } from 'preact'
import { Button } from '../../parts/button.tsx'
import { classes } from '../../parts/classes.ts'
import { Icon } from '../../parts/icon.tsx'
import { AskedView } from '../parts/asked-view.tsx'
import { ago } from '../parts/moments.ts'
import { Card } from '../parts/page.tsx'
import { Tag } from '../parts/rows.tsx'
import { useAsk } from '../parts/use-ask.ts'
import styles from './install.module.css'

/** What the server has seen of this site's pages, and what to do where it has seen nothing. */
export function CheckCard({ allowedCount }: { allowedCount: number }) {
  const asked = useAsk('checkInstallation', {})
  return (
    <Card
      title="2. Check it"
      aside={
        <Button icon={RefreshCw} isBusy={asked.isAsking} onClick={() => void asked.reload()}>
          Check again
        </Button>
      }
    >
      <AskedView of={asked} lines={3}>
        {(check) => (
          <ul class={styles.checks} aria-live="polite">
            <LoaderLine check={check} />
            <OriginLines check={check} allowedCount={allowedCount} />
            <IdentityLine check={check} />
          </ul>
        )}
      </AskedView>
    </Card>
  )
}

function LoaderLine({ check }: { check: InstallationCheck }) {
  if (check.loaderSeenAt === null)
    return (
      <Line state="open" title="The script tag has not been loaded yet">
        Paste it, open the page once, then check again. A figure may be a minute old.
      </Line>
    )
  return (
    <Line state="good" title="The script tag works">
      Last loaded {ago(check.loaderSeenAt)}.
    </Line>
  )
}

function OriginLines({ check, allowedCount }: { check: InstallationCheck; allowedCount: number }) {
  if (check.origins.length === 0)
    return (
      <Line state="open" title="No page has opened the chat yet">
        {allowedCount === 0 ? (
          <>
            No origin is allowed: add your shop in <a href="/console/settings/site">General</a>.
          </>
        ) : (
          'Open a page of your shop and click the launcher.'
        )}
      </Line>
    )
  const refused = check.origins.filter((origin) => !origin.isAllowed)
  return (
    <Line
      state={refused.length === 0 ? 'good' : 'wrong'}
      title={refused.length === 0 ? 'The chat opens on your pages' : 'A page was refused'}
    >
      <ul class={styles.origins}>
        {check.origins.map((origin) => (
          <li key={origin.origin}>
            <code>{origin.origin}</code>{' '}
            <Tag tone={origin.isAllowed ? 'good' : 'bad'}>{origin.isAllowed ? 'Allowed' : 'Not allowed'}</Tag>{' '}
            {ago(origin.seenAt)}
          </li>
        ))}
      </ul>
      {refused.length > 0 && (
        <>
          If it is yours, add it in <a href="/console/settings/site">General</a>. If not, somebody copied your
          script tag; the browser shows them nothing.
        </>
      )}
    </Line>
  )
}

function IdentityLine({ check }: { check: InstallationCheck }) {
  if (check.identityProblem !== null)
    return (
      <Line state="wrong" title="A signed identity was refused">
        {check.identityProblem}
      </Line>
    )
  if (check.identitySeenAt === null)
    return (
      <Line state="open" title="No signed identity has arrived yet">
        Everybody is a guest. <a href="/console/settings/identity-keys">Identity keys</a> shows how to sign.
      </Line>
    )
  return (
    <Line state="good" title="Signed identities are accepted">
      Last one {ago(check.identitySeenAt)}.
    </Line>
  )
}

const icons = { good: CircleCheck, wrong: TriangleAlert, open: CircleDashed }

function Line(props: { state: 'good' | 'wrong' | 'open'; title: string; children: ComponentChildren }) {
  return (
    <li class={styles.check}>
      <span class={classes(styles.mark, styles[props.state])}>
        <Icon node={icons[props.state]} size={18} />
      </span>
      <div class={styles.words}>
        <strong>{props.title}</strong>
        <div class={styles.detail}>{props.children}</div>
      </div>
    </li>
  )
}
