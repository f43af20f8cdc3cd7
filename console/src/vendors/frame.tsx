import { ChevronRight } from 'lucide'
import type { ComponentChildren } from 'preact'
import { useEffect } from 'preact/hooks'
import { classes } from '../parts/classes.ts'
import { Icon } from '../parts/icon.tsx'
import { paths } from '../paths.ts'
import { may } from '../settings/parts/may.ts'
import styles from './frame.module.css'

type PlaceId = 'vendors' | 'training' | 'rules'

/** A page of the place “Vendors”: where one is, what can be done, and the way to the pages beside it. */
export function Frame(props: {
  title: string
  intro?: ComponentChildren
  /** Under this one of the place's pages. */
  under?: { label: string; href: string }
  /** Instead of going there. */
  onUp?: () => void
  place?: PlaceId
  actions?: ComponentChildren
  isNarrow?: boolean
  children: ComponentChildren
}) {
  const { title, under, place } = props
  useEffect(() => {
    document.title = `${title} · Parley`
  }, [title])
  return (
    <section class={styles.frame} aria-labelledby="vendors-title">
      <header class={styles.head}>
        <div class={styles.trail}>
          {under && (
            <>
              <a
                class={styles.up}
                href={under.href}
                onClick={(event) => {
                  if (!props.onUp) return
                  event.preventDefault()
                  props.onUp()
                }}
              >
                {under.label}
              </a>
              <span class={styles.sign}>
                <Icon node={ChevronRight} size={16} />
              </span>
            </>
          )}
          <h1 id="vendors-title" tabIndex={-1} class={styles.title}>
            {title}
          </h1>
        </div>
        {props.actions && <div class={styles.actions}>{props.actions}</div>}
      </header>
      {place && may('training.manage') && <Places current={place} />}
      <div class={styles.scroll}>
        <div class={classes(styles.content, props.isNarrow && styles.narrow)}>
          {props.intro && <p class={styles.intro}>{props.intro}</p>}
          {props.children}
        </div>
      </div>
    </section>
  )
}

const places: readonly { id: PlaceId; label: string; href: string }[] = [
  { id: 'vendors', label: 'Vendors', href: paths.vendors },
  { id: 'training', label: 'Training', href: `${paths.vendors}/training` },
  { id: 'rules', label: 'Rules', href: `${paths.vendors}/rules` },
]

function Places({ current }: { current: PlaceId }) {
  return (
    <nav class={styles.places} aria-label="Pages about vendors">
      {places.map(({ id, label, href }) => (
        <a key={id} class={styles.place} href={href} aria-current={id === current ? 'page' : undefined}>
          {label}
        </a>
      ))}
    </nav>
  )
}
