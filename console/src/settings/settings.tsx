import { Compass } from 'lucide'
import { useEffect, useRef } from 'preact/hooks'
import { useLocation } from 'preact-iso'
import { Empty } from '../parts/empty.tsx'
import { Icon } from '../parts/icon.tsx'
import { me } from '../session.ts'
import { width } from '../shell/width.ts'
import { type PageGroup, pageGroups } from './pages.ts'
import { may } from './parts/may.ts'
import { drafts, dropDrafts } from './parts/unsaved.ts'
import styles from './settings.module.css'
import { SiteSwitcher } from './site/site-switcher.tsx'
import { UnsavedGuard } from './unsaved-guard.tsx'

const home = '/console/settings'

/** The list of pages beside the page; on a phone one after the other. */
export function Settings() {
  const { path } = useLocation()
  const id = path.slice(home.length).split('/')[1] ?? ''
  const groups = openGroups()
  const isHome = id === ''
  // On a phone the list is a page of its own, and no other is beside it.
  const isAlone = isHome && width.value === 'phone'
  const page = groups.flatMap((group) => group.pages).find((one) => one.id === (isHome ? 'profile' : id))
  const whose = `${me.value?.siteId} ${me.value?.memberId}`
  const lastWhose = useRef(whose)
  useEffect(() => {
    if (lastWhose.current !== whose) dropDrafts()
    lastWhose.current = whose
  }, [whose])

  return (
    <div class={isHome ? styles.home : styles.settings}>
      <SettingsNav groups={groups} current={isAlone ? undefined : page?.id} isAlone={isAlone} />
      {!isAlone && (
        <div class={styles.main}>
          {page === undefined ? (
            <Empty
              isPage
              icon={Compass}
              title="There is no such page"
              actions={<a href={home}>All settings</a>}
            >
              It may have moved, or your role does not open it.
            </Empty>
          ) : (
            <page.component key={whose + page.id} />
          )}
        </div>
      )}
      <UnsavedGuard />
    </div>
  )
}

function openGroups(): PageGroup[] {
  return pageGroups
    .map((group) => ({ ...group, pages: group.pages.filter((page) => may(page.action)) }))
    .filter((group) => group.pages.length > 0)
}

function SettingsNav(props: { groups: readonly PageGroup[]; current: string | undefined; isAlone: boolean }) {
  const { isAlone } = props
  // Beside a page the heading of the page is the first.
  const [Heading, GroupHeading] = isAlone ? (['h1', 'h2'] as const) : (['h2', 'h3'] as const)
  useEffect(() => {
    if (isAlone) document.title = 'Settings · Parley'
  }, [isAlone])
  return (
    <nav class={styles.nav} aria-label="Settings" data-settings-nav>
      <Heading class={styles.heading}>Settings</Heading>
      <SiteSwitcher />
      {props.groups.map((group) => (
        <div key={group.heading} class={styles.group}>
          <GroupHeading class={styles.groupHead}>{group.heading}</GroupHeading>
          <ul>
            {group.pages.map((page) => (
              <li key={page.id}>
                <a
                  class={styles.link}
                  href={`${home}/${page.id}`}
                  aria-current={page.id === props.current ? 'page' : undefined}
                >
                  <Icon node={page.icon} size={16} />
                  <span class={styles.word}>{page.label}</span>
                  {drafts.value.has(page.id) && (
                    <span class={styles.unsaved} title="Unsaved changes">
                      <span class="visually-hidden">unsaved changes</span>
                    </span>
                  )}
                </a>
              </li>
            ))}
          </ul>
        </div>
      ))}
    </nav>
  )
}
