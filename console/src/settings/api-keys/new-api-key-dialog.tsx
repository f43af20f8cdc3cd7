import { type KeyScope, keyScopes } from '@parley/shared/policy/key-scopes.ts'
import { useState } from 'preact/hooks'
import { ask } from '../../connection.ts'
import { Button } from '../../parts/button.tsx'
import { Dialog } from '../../parts/dialog.tsx'
import { Field } from '../../parts/field.tsx'
import { Switch } from '../../parts/switch.tsx'
import styles from '../parts/confirm.module.css'
import { Warning } from '../parts/confirm.tsx'
import { CopyField } from '../parts/copy-field.tsx'
import { DialogForm } from '../parts/dialog-form.tsx'
import { requestId } from '../parts/request-id.ts'
import { checkWish, type FieldErrors } from '../parts/wish-errors.ts'
import { scopeWords } from './scopes.ts'

interface Wanted {
  name: string
  scopes: KeyScope[]
}

export function NewApiKeyDialog(props: { onClose: () => void; onCreated: () => void }) {
  const [value, setValue] = useState<Wanted>({ name: '', scopes: [] })
  const [secret, setSecret] = useState<string>()

  if (secret !== undefined)
    return (
      <Dialog
        isOpen
        onClose={props.onClose}
        title={`Key “${value.name.trim()}” is live`}
        width={640}
        footer={
          <Button variant="primary" onClick={props.onClose}>
            I have stored the key
          </Button>
        }
      >
        <div class={styles.body}>
          <CopyField label="Key" text={secret} />
          <Warning>
            This is the only time the key is shown. Keep it on your server, in a secret store or an
            environment variable; never in a page, an app or a repository.
          </Warning>
          <CopyField label="Try it" isMultiline text={sampleFor(secret, value.scopes)} />
        </div>
      </Dialog>
    )
  return (
    <DialogForm
      title="Create an API key"
      act="Create key"
      width={640}
      value={value}
      check={check}
      save={async (wanted) => {
        const outcome = await ask('createApiKey', { requestId: requestId(), ...wanted })
        if (!outcome.ok) return outcome.refusal
        setSecret(outcome.value.secret)
        props.onCreated()
        return null
      }}
      onClose={props.onClose}
    >
      {(error, leave) => (
        <>
          <Field
            label="Name"
            help="What uses it, so that you know it again. Example: Catalogue import"
            autocomplete="off"
            value={value.name}
            error={error('name')}
            onBlur={() => value.name !== '' && leave('name')}
            onInput={(event) => setValue({ ...value, name: event.currentTarget.value })}
          />
          {keyScopes.map((scope) => (
            <Switch
              key={scope}
              label={scopeWords[scope].label}
              help={scopeWords[scope].help}
              isOn={value.scopes.includes(scope)}
              onChange={(isOn) =>
                setValue({
                  ...value,
                  scopes: isOn ? [...value.scopes, scope] : value.scopes.filter((one) => one !== scope),
                })
              }
            />
          ))}
        </>
      )}
    </DialogForm>
  )
}

function check(wanted: Wanted): FieldErrors {
  const found = checkWish('createApiKey', { requestId: 'unsent00', ...wanted })
  return wanted.scopes.length === 0 ? { ...found, scopes: 'Switch on at least one thing it may do.' } : found
}

/** Something that this key can do and that changes nothing. */
function sampleFor(secret: string, scopes: readonly KeyScope[]): string {
  const url = `${location.origin}/api/v1`
  return scopes.includes('vendors.read')
    ? `curl -X POST ${url}/commands/listVendorProfiles -H 'Authorization: Bearer ${secret}'`
    : `curl ${url}/openapi.json`
}
