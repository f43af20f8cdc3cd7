import { useState } from 'preact/hooks'
import { ask } from '../../connection.ts'
import { Button } from '../../parts/button.tsx'
import { Field } from '../../parts/field.tsx'
import { showToast } from '../../parts/toast.tsx'
import { loadSession, me } from '../../session.ts'
import { DialogForm } from '../parts/dialog-form.tsx'
import { may } from '../parts/may.ts'
import { requestId } from '../parts/request-id.ts'
import { checkWish } from '../parts/wish-errors.ts'
import styles from './profile.module.css'

/** Buyers know people by this name, so an admin keeps it. */
export function NameCard() {
  const who = me.value
  const [value, setValue] = useState<{ name: string }>()
  if (!who) return null
  if (!may('member.manage'))
    return <p class={styles.fact}>Buyers know you by this name. An admin can change it in Team.</p>
  const wish = (name: string, id: string) => ({
    requestId: id,
    memberId: who.memberId,
    name,
    role: who.role,
    capacity: who.capacity,
  })
  return (
    <div>
      <Button onClick={() => setValue({ name: who.name })}>Change name…</Button>
      {value !== undefined && (
        <DialogForm
          title="Change your name"
          act="Save"
          value={value}
          check={({ name }) => checkWish('saveMember', wish(name, 'unsent00'))}
          save={async ({ name }) => {
            const outcome = await ask('saveMember', wish(name, requestId()))
            if (!outcome.ok) return outcome.refusal
            await loadSession()
            setValue(undefined)
            showToast({ text: `You are now ${outcome.value.name}` })
            return null
          }}
          onClose={() => setValue(undefined)}
        >
          {(error) => (
            <Field
              label="Name"
              data-focus-first
              maxLength={80}
              help="Buyers see it beside what you write from now on."
              value={value.name}
              error={error('name')}
              onInput={(event) => setValue({ name: event.currentTarget.value })}
            />
          )}
        </DialogForm>
      )}
    </div>
  )
}
