import { ClipboardCheck, type IconNode, Inbox as InboxIcon, Search, Settings, Shield, Store } from 'lucide'
import { useLocation } from 'preact-iso'
import { inboxCounts } from '../inbox/inbox-counts.ts'
import { mayModerate } from '../moderation/may-moderate.ts'
import { classes } from '../parts/classes.ts'
import { Icon } from '../parts/icon.tsx'
import { paths } from '../paths.ts'
import { me } from '../session.ts'
import { may } from '../settings/parts/may.ts'
import { Logo } from './logo.tsx'
import { toggle } from './open-panels.ts'
import styles from './rail.module.css'
import { YouMenu } from './you-menu.tsx'

/** At the left, or along the bottom of a phone. */
export function Rail() {
  const { path } = useLocation()
  const unread = inboxCounts.value?.unread ?? 0
  const isInConversation = /^\/console\/inbox\/[^/]+\/[^/]+/.test(path)
  return (
    <nav class={styles.rail} aria-label="Places" data-in-conversation={isInConversation || undefined}>
      <span class={styles.logo}>
        <Logo />
      </span>
      {may('inbox.read') && (
        <Place
          href={paths.inbox}
          icon={InboxIcon}
          word="Inbox"
          isCurrent={path === '/console' || path.startsWith(paths.inbox)}
          count={unread}
        />
      )}
      {mayModerate(me.value?.role) && (
        <Place
          href={paths.moderation}
          icon={Shield}
          word="Moderate"
          isCurrent={path.startsWith(paths.moderation)}
        />
      )}
      <Place
        href={paths.vendors}
        icon={Store}
        word={me.value?.role === 'vendor' ? 'Your shop' : 'Vendors'}
        isCurrent={path.startsWith(paths.vendors)}
      />
      {may('review.read') && (
        <Place
          href={paths.reviews}
          icon={ClipboardCheck}
          word="Reviews"
          isCurrent={path.startsWith(paths.reviews)}
          // A phone has room for six: who also moderates finds it through Search.
          isWideOnly={mayModerate(me.value?.role)}
        />
      )}
      <button type="button" class={`${styles.place} ${styles.phoneOnly}`} onClick={() => toggle('commands')}>
        <Icon node={Search} size={20} />
        <span class={styles.word}>Search</span>
      </button>
      <span class={styles.gap} />
      <Place
        href={paths.settings}
        icon={Settings}
        word="Settings"
        isCurrent={path.startsWith(paths.settings)}
      />
      <YouMenu class={styles.place} wordClass={styles.word} />
    </nav>
  )
}

interface PlaceProps {
  href: string
  icon: IconNode
  word: string
  isCurrent: boolean
  count?: number
  isWideOnly?: boolean
}

function Place({ href, icon, word, isCurrent, count = 0, isWideOnly = false }: PlaceProps) {
  return (
    <a
      class={classes(styles.place, isWideOnly && styles.wideOnly)}
      href={href}
      title={word}
      aria-current={isCurrent ? 'page' : undefined}
    >
      <Icon node={icon} size={20} />
      <span class={styles.word}>{word}</span>
      {count > 0 && (
        <span class={styles.badge}>
          {count > 99 ? '99+' : count}
          <span class="visually-hidden"> unread</span>
        </span>
      )}
    </a>
  )
}
