import { useState } from 'preact/hooks'
import { ask } from '../../connection.ts'
import { Button } from '../../parts/button.tsx'
import { Dialog } from '../../parts/dialog.tsx'
import { Field } from '../../parts/field.tsx'
import { loadSession } from '../../session.ts'
import { DialogForm } from '../parts/dialog-form.tsx'
import { requestId } from '../parts/request-id.ts'
import { checkWish } from '../parts/wish-errors.ts'

export function CreateSite(props: {
  onClose: () => void
  onGo: (siteId: string, name: string) => Promise<void>
}) {
  const [value, setValue] = useState({ name: '' })
  const [created, setCreated] = useState<{ siteId: string; siteKey: string }>()

  if (created !== undefined)
    return (
      <Dialog
        isOpen
        onClose={props.onClose}
        title={`${value.name.trim()} is created`}
        footer={
          <>
            <Button variant="quiet" onClick={props.onClose}>
              Stay here
            </Button>
            <Button
              variant="primary"
              data-focus-first
              onClick={() => {
                props.onClose()
                void props.onGo(created.siteId, value.name.trim())
              }}
            >
              Go to {value.name.trim()}
            </Button>
          </>
        }
      >
        <p>
          Its key is <code>{created.siteKey}</code>. You are its first admin: next come its allowed origins,
          its look and its team.
        </p>
      </Dialog>
    )
  return (
    <DialogForm
      title="Create a site"
      act="Create site"
      value={value}
      check={({ name }) => checkWish('createSite', { requestId: 'unsent00', name })}
      save={async ({ name }) => {
        const outcome = await ask('createSite', { requestId: requestId(), name })
        if (!outcome.ok) return outcome.refusal
        setCreated(outcome.value)
        await loadSession()
        return null
      }}
      onClose={props.onClose}
    >
      {(error, leave) => (
        <Field
          label="Name of the marketplace"
          data-focus-first
          help="A site has its own key, look, hours, team and conversations. Nothing is shared with the others."
          value={value.name}
          error={error('name')}
          onBlur={() => value.name !== '' && leave('name')}
          onInput={(event) => setValue({ name: event.currentTarget.value })}
        />
      )}
    </DialogForm>
  )
}
