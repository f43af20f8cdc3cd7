import { ChevronLeft, Lock } from 'lucide'
import type { ComponentChildren } from 'preact'
import { useEffect, useRef } from 'preact/hooks'
import { Icon } from '../../parts/icon.tsx'
import styles from './page.module.css'

export interface PageProps {
  title: string
  /** One sentence on what it is for. */
  intro?: ComponentChildren
  actions?: ComponentChildren
  /** Beside the content where there is room, under it where there is not. */
  preview?: ComponentChildren
  /** Says who may change what is shown. */
  readOnlyWords?: string | undefined
  children: ComponentChildren
}

export function Page({ title, intro, actions, preview, readOnlyWords, children }: PageProps) {
  const heading = useRef<HTMLHeadingElement>(null)
  useEffect(() => {
    document.title = `${title} · Parley`
    // Only where the click came from within: a first load leaves focus where the browser puts it.
    if (document.activeElement?.closest('[data-settings-nav]'))
      heading.current?.focus({ preventScroll: true })
  }, [title])
  return (
    <section class={styles.page} aria-labelledby="settings-title">
      <header class={styles.head}>
        <a class={styles.back} href="/console/settings" aria-label="All settings">
          <Icon node={ChevronLeft} size={20} />
        </a>
        <h1 id="settings-title" ref={heading} tabIndex={-1} class={styles.title}>
          {title}
        </h1>
        {actions && <div class={styles.actions}>{actions}</div>}
      </header>
      <div class={styles.scroll}>
        <div class={preview === undefined ? styles.one : styles.two}>
          <div class={styles.content}>
            {intro && <p class={styles.intro}>{intro}</p>}
            {readOnlyWords && (
              <p class={styles.readOnly}>
                <Icon node={Lock} size={14} />
                {readOnlyWords}
              </p>
            )}
            {children}
          </div>
          {preview !== undefined && (
            <aside class={styles.preview} aria-label="Preview">
              {preview}
            </aside>
          )}
        </div>
      </div>
    </section>
  )
}

/** A group of settings with its own heading. */
export function Card(props: {
  title: string
  aside?: ComponentChildren
  children: ComponentChildren
  isFlush?: boolean
}) {
  return (
    <section class={styles.card}>
      <header class={styles.cardHead}>
        <h2 class={styles.cardTitle}>{props.title}</h2>
        {props.aside && <div class={styles.aside}>{props.aside}</div>}
      </header>
      <div class={props.isFlush ? styles.flush : styles.cardBody}>{props.children}</div>
    </section>
  )
}
