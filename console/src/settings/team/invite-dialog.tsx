import type { MemberRole } from '@parley/shared/people.ts'
import type { VendorSettings } from '@parley/shared/protocol/settings.ts'
import { useState } from 'preact/hooks'
import { ask } from '../../connection.ts'
import { Field, Select } from '../../parts/field.tsx'
import { checkEmail } from '../../sign-in/check-credentials.ts'
import { DialogForm } from '../parts/dialog-form.tsx'
import { requestId } from '../parts/request-id.ts'
import { checkWish } from '../parts/wish-errors.ts'
import { LinkDialog } from './link-dialog.tsx'
import { roleEffects, roles, roleWords } from './role-words.ts'

interface Wanted {
  name: string
  email: string
  role: MemberRole
  vendorId: string | null
}

export function InviteDialog(props: {
  vendors: readonly VendorSettings[]
  onClose: () => void
  onInvited: () => void
}) {
  const [value, setValue] = useState<Wanted>({ name: '', email: '', role: 'csr', vendorId: null })
  const [made, setMade] = useState<{ link: string; isMailed: boolean }>()
  const change = (patch: Partial<Wanted>) => setValue({ ...value, ...patch })

  if (made !== undefined)
    return (
      <LinkDialog
        name={value.name.trim()}
        link={made.link}
        lasts={made.isMailed ? '15 minutes' : 'three days'}
        mailedTo={made.isMailed ? value.email.trim() : undefined}
        onClose={props.onClose}
      />
    )
  return (
    <DialogForm
      title="Invite a person"
      act="Make invitation link"
      value={value}
      check={(wanted) => ({
        ...checkWish('inviteMember', { requestId: 'unsent00', ...wanted, email: wanted.email.trim() }),
        ...wrongIf('email', checkEmail(wanted.email)),
        ...wrongIf(
          'vendorId',
          wanted.role === 'vendor' && wanted.vendorId === null
            ? 'Choose the vendor they answer for.'
            : undefined,
        ),
      })}
      save={async (wanted) => {
        const outcome = await ask('inviteMember', {
          requestId: requestId(),
          ...wanted,
          email: wanted.email.trim(),
        })
        if (!outcome.ok) return outcome.refusal
        setMade(outcome.value)
        props.onInvited()
        return null
      }}
      onClose={props.onClose}
    >
      {(error, leave) => (
        <>
          <Field
            label="Name"
            data-focus-first
            maxLength={80}
            autocomplete="off"
            help="As buyers see it."
            value={value.name}
            error={error('name')}
            onBlur={() => value.name !== '' && leave('name')}
            onInput={(event) => change({ name: event.currentTarget.value })}
          />
          <Field
            label="E-mail"
            type="email"
            autocomplete="off"
            spellcheck={false}
            value={value.email}
            error={error('email')}
            onBlur={() => value.email !== '' && leave('email')}
            onInput={(event) => change({ email: event.currentTarget.value })}
          />
          <Select
            label="Role"
            help={roleEffects[value.role]}
            value={value.role}
            onChange={(event) => {
              const role = event.currentTarget.value as MemberRole
              change({ role, vendorId: role === 'vendor' ? value.vendorId : null })
            }}
          >
            {roles.map((role) => (
              <option key={role} value={role}>
                {roleWords[role]}
              </option>
            ))}
          </Select>
          {value.role === 'vendor' && (
            <Select
              label="Vendor"
              value={value.vendorId ?? ''}
              error={error('vendorId')}
              onChange={(event) => change({ vendorId: event.currentTarget.value || null })}
            >
              <option value="">Choose</option>
              {props.vendors.map((vendor) => (
                <option key={vendor.vendorId} value={vendor.vendorId}>
                  {vendor.name}
                </option>
              ))}
            </Select>
          )}
        </>
      )}
    </DialogForm>
  )
}

function wrongIf(path: string, words: string | undefined): Record<string, string> {
  return words === undefined ? {} : { [path]: words }
}
