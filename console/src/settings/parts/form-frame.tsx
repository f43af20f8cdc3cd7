import { Check, TriangleAlert } from 'lucide'
import type { ComponentChildren } from 'preact'
import { useRef } from 'preact/hooks'
import { Button } from '../../parts/button.tsx'
import { Icon } from '../../parts/icon.tsx'
import styles from './form-frame.module.css'
import type { Form } from './use-form.ts'

/** A form with its bar of unsaved changes. Ctrl+S saves; a save that fails goes to the first wrong field. */
export function FormFrame<Value>(props: {
  form: Form<Value>
  isReadOnly: boolean
  children: ComponentChildren
}) {
  const { form, isReadOnly, children } = props
  const element = useRef<HTMLFormElement>(null)

  async function save(event: Event): Promise<void> {
    event.preventDefault()
    if (isReadOnly || !form.isChanged || (await form.submit())) return
    requestAnimationFrame(() => element.current?.querySelector<HTMLElement>('[aria-invalid="true"]')?.focus())
  }

  return (
    <form
      ref={element}
      class={styles.form}
      noValidate
      onSubmit={(event) => void save(event)}
      onKeyDown={(event) => {
        if ((event.ctrlKey || event.metaKey) && event.key.toLowerCase() === 's') void save(event)
      }}
    >
      <fieldset class={styles.fields} disabled={isReadOnly}>
        {children}
      </fieldset>
      <SaveBar form={form} />
    </form>
  )
}

function SaveBar<Value>({ form }: { form: Form<Value> }) {
  const problem = form.problem()
  const isShown = form.isChanged || form.isSaving
  return (
    <div class={styles.place}>
      <div role="status" class={isShown ? 'visually-hidden' : styles.saved}>
        {!isShown && form.wasSaved && (
          <>
            <Icon node={Check} size={14} /> Saved
          </>
        )}
      </div>
      {isShown && (
        <div class={styles.bar}>
          <div class={styles.words}>
            {problem === undefined ? (
              <span>Unsaved changes</span>
            ) : (
              <span role="alert" class={styles.problem}>
                <Icon node={TriangleAlert} size={14} />
                {problem}
              </span>
            )}
          </div>
          <Button variant="quiet" disabled={form.isSaving} onClick={form.discard}>
            Discard
          </Button>
          <Button type="submit" variant="primary" isBusy={form.isSaving}>
            {form.isSaving ? 'Saving…' : 'Save changes'}
          </Button>
        </div>
      )}
    </div>
  )
}
