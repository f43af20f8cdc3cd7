import type { Refusal } from '@parley/shared/protocol/refusals.ts'
import type { ComponentChildren } from 'preact'
import { useId, useRef, useState } from 'preact/hooks'
import { Button } from '../../parts/button.tsx'
import { Dialog } from '../../parts/dialog.tsx'
import styles from './confirm.module.css'
import { Problem } from './confirm.tsx'
import { errorsOf, type FieldErrors } from './wish-errors.ts'

/** Checked on each try and after leaving a field; what was typed stays until it was saved or closed. */
export function DialogForm<Value>(props: {
  title: string
  act: string
  value: Value
  check: (value: Value) => FieldErrors
  save: (value: Value) => Promise<Refusal | null>
  onClose: () => void
  width?: 480 | 640
  children: (error: (path: string) => string | undefined, leave: (path: string) => void) => ComponentChildren
}) {
  const formId = useId()
  const element = useRef<HTMLFormElement>(null)
  const [hasTried, setTried] = useState(false)
  const [left, setLeft] = useState<ReadonlySet<string>>(new Set())
  const [refused, setRefused] = useState<{ value: Value; errors: FieldErrors }>()
  const [isBusy, setBusy] = useState(false)
  const found = props.check(props.value)
  const shown = new Set<string>()
  const answered = refused !== undefined && same(refused.value, props.value) ? refused.errors : {}
  const visible = (path: string) => answered[path] ?? (hasTried || left.has(path) ? found[path] : undefined)

  async function submit(event: Event): Promise<void> {
    event.preventDefault()
    setTried(true)
    if (isBusy) return
    if (Object.keys(found).length === 0) {
      setBusy(true)
      const refusal = await props.save(props.value)
      setBusy(false)
      if (refusal === null) return
      setRefused({ value: props.value, errors: errorsOf(refusal) })
    }
    requestAnimationFrame(() => element.current?.querySelector<HTMLElement>('[aria-invalid="true"]')?.focus())
  }

  const fields = props.children(
    (path) => {
      shown.add(path)
      return visible(path)
    },
    (path) => setLeft(new Set([...left, path])),
  )
  const problem = Object.keys({ ...found, ...answered })
    .filter((path) => !shown.has(path))
    .map(visible)
    .find((words) => words !== undefined)

  return (
    <Dialog
      isOpen
      onClose={props.onClose}
      title={props.title}
      width={props.width ?? 480}
      footer={
        <>
          <Button variant="quiet" onClick={props.onClose}>
            Cancel
          </Button>
          <Button type="submit" form={formId} variant="primary" isBusy={isBusy}>
            {props.act}
          </Button>
        </>
      }
    >
      <form id={formId} ref={element} class={styles.body} noValidate onSubmit={(event) => void submit(event)}>
        {fields}
        {problem !== undefined && <Problem>{problem}</Problem>}
      </form>
    </Dialog>
  )
}

function same(one: unknown, other: unknown): boolean {
  return JSON.stringify(one) === JSON.stringify(other)
}
