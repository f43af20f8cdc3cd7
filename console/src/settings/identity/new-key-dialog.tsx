import { useState } from 'preact/hooks'
import { ask } from '../../connection.ts'
import { Button } from '../../parts/button.tsx'
import { Dialog } from '../../parts/dialog.tsx'
import { Select, TextArea } from '../../parts/field.tsx'
import { Warning } from '../parts/confirm.tsx'
import { CopyField } from '../parts/copy-field.tsx'
import { DialogForm } from '../parts/dialog-form.tsx'
import { requestId } from '../parts/request-id.ts'
import { checkWish } from '../parts/wish-errors.ts'
import type { KeyAlgorithm } from './code-samples.ts'

interface Wanted {
  algorithm: KeyAlgorithm
  publicKey: string
}

export function NewKeyDialog(props: { siteKey: string; onClose: () => void; onCreated: () => void }) {
  const [value, setValue] = useState<Wanted>({ algorithm: 'HS256', publicKey: '' })
  const [created, setCreated] = useState<{ kid: string; secret: string | null }>()

  if (created !== undefined)
    return (
      <Dialog
        isOpen
        onClose={props.onClose}
        title={`Key ${created.kid} is live`}
        width={640}
        footer={
          <Button variant="primary" onClick={props.onClose}>
            {created.secret === null ? 'Done' : 'I have stored the secret'}
          </Button>
        }
      >
        <CopyField label="Key id (kid)" text={created.kid} />
        {created.secret !== null && (
          <>
            <CopyField label="Secret" text={created.secret} />
            <Warning>
              This is the only time the secret is shown. Keep it on your server, in a secret store or an
              environment variable; never in a page, an app or a repository. Whoever has it can be any of your
              buyers.
            </Warning>
          </>
        )}
      </Dialog>
    )
  return (
    <DialogForm
      title="Create an identity key"
      act="Create key"
      width={640}
      value={value}
      check={(wanted) => ({
        ...checkWish('createIdentityKey', wishOf(wanted, 'unsent00')),
        ...checkPublicKey(wanted),
      })}
      save={async (wanted) => {
        const outcome = await ask('createIdentityKey', wishOf(wanted, requestId()))
        if (!outcome.ok) return outcome.refusal
        setCreated(outcome.value)
        props.onCreated()
        return null
      }}
      onClose={props.onClose}
    >
      {(error, leave) => (
        <>
          <Select
            label="Kind"
            help={
              value.algorithm === 'HS256'
                ? 'Parley makes the secret and shows it once. Simplest.'
                : 'You make the pair; the private half never leaves your server. Strongest.'
            }
            value={value.algorithm}
            onChange={(event) =>
              setValue({ ...value, algorithm: event.currentTarget.value === 'EdDSA' ? 'EdDSA' : 'HS256' })
            }
          >
            <option value="HS256">Shared secret (HS256)</option>
            <option value="EdDSA">Public key (EdDSA, Ed25519)</option>
          </Select>
          {value.algorithm === 'EdDSA' && (
            <TextArea
              label="Public key, as PEM"
              help="openssl genpkey -algorithm ed25519 -out private.pem && openssl pkey -in private.pem -pubout"
              placeholder={'-----BEGIN PUBLIC KEY-----\n…\n-----END PUBLIC KEY-----'}
              rows={5}
              spellcheck={false}
              value={value.publicKey}
              error={error('publicKey')}
              onBlur={() => value.publicKey !== '' && leave('publicKey')}
              onInput={(event) => setValue({ ...value, publicKey: event.currentTarget.value })}
            />
          )}
        </>
      )}
    </DialogForm>
  )
}

function wishOf({ algorithm, publicKey }: Wanted, id: string) {
  return algorithm === 'EdDSA'
    ? { requestId: id, algorithm, publicKey: publicKey.trim() }
    : { requestId: id, algorithm }
}

export function checkPublicKey({ algorithm, publicKey }: Wanted): Record<string, string> {
  if (algorithm === 'HS256') return {}
  if (publicKey.includes('PRIVATE KEY'))
    return { publicKey: 'This is the private half. Keep it on your server and paste the public one.' }
  return publicKey.trim().startsWith('-----BEGIN PUBLIC KEY-----')
    ? {}
    : { publicKey: 'Paste the whole PEM, from -----BEGIN PUBLIC KEY----- on.' }
}
