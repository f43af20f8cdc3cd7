import type { ComponentChildren } from 'preact'
import { useEffect, useRef } from 'preact/hooks'
import { Button } from '../parts/button.tsx'
import { Problem } from '../settings/parts/confirm.tsx'
import styles from './step.module.css'

/** One screen before the console: a heading, a few fields, one button. */
export function Step(props: {
  title: string
  intro?: ComponentChildren
  act?: string
  isBusy?: boolean
  problem?: string | undefined
  onSubmit?: () => void
  /** Another way, after the main button. */
  after?: ComponentChildren
  foot?: ComponentChildren
  children?: ComponentChildren
}) {
  const { title, act } = props
  const form = useRef<HTMLFormElement>(null)
  useEffect(() => {
    document.title = `${title} · Parley`
    form.current?.querySelector<HTMLElement>('[data-focus-first]')?.focus()
  }, [title])

  return (
    <form
      ref={form}
      class={styles.step}
      noValidate
      onSubmit={(event) => {
        event.preventDefault()
        props.onSubmit?.()
        requestAnimationFrame(() =>
          form.current?.querySelector<HTMLElement>('[aria-invalid="true"]')?.focus(),
        )
      }}
    >
      <header>
        <h1 class={styles.title}>{title}</h1>
        {props.intro && <p class={styles.intro}>{props.intro}</p>}
      </header>
      {props.children}
      {props.problem !== undefined && <Problem>{props.problem}</Problem>}
      {act !== undefined && (
        <Button type="submit" variant="primary" class={styles.act ?? ''} isBusy={props.isBusy ?? false}>
          {act}
        </Button>
      )}
      {props.after}
      {props.foot && <p class={styles.foot}>{props.foot}</p>}
    </form>
  )
}
