import type { VendorSettings } from '@parley/shared/protocol/settings.ts'
import { useState } from 'preact/hooks'
import { ask } from '../../connection.ts'
import { Field } from '../../parts/field.tsx'
import { DialogForm } from '../parts/dialog-form.tsx'
import { requestId } from '../parts/request-id.ts'
import { checkWish } from '../parts/wish-errors.ts'

export function VendorDialog(props: {
  vendor: Pick<VendorSettings, 'vendorId' | 'name' | 'externalId'> | undefined
  onClose: () => void
  onSaved: (vendor: VendorSettings) => void
}) {
  const { vendor } = props
  const [value, setValue] = useState({
    vendorId: vendor?.vendorId ?? null,
    name: vendor?.name ?? '',
    externalId: vendor?.externalId ?? '',
  })
  const change = (patch: Partial<typeof value>) => setValue({ ...value, ...patch })
  return (
    <DialogForm
      title={vendor === undefined ? 'Add a vendor' : `Edit ${vendor.name}`}
      act={vendor === undefined ? 'Add vendor' : 'Save'}
      value={value}
      check={(wish) => checkWish('saveVendor', { requestId: 'unsent00', ...wish })}
      save={async (wish) => {
        const outcome = await ask('saveVendor', { requestId: requestId(), ...wish })
        if (outcome.ok) props.onSaved(outcome.value)
        return outcome.ok ? null : outcome.refusal
      }}
      onClose={props.onClose}
    >
      {(error, leave) => (
        <>
          <Field
            label="Shop name"
            data-focus-first
            maxLength={80}
            help="As buyers know it."
            value={value.name}
            error={error('name')}
            onBlur={() => value.name !== '' && leave('name')}
            onInput={(event) => change({ name: event.currentTarget.value })}
          />
          <Field
            label="Id in your shop"
            spellcheck={false}
            autocomplete="off"
            maxLength={80}
            help="Your own id of this vendor, as your signed tokens name it in vendorIds."
            value={value.externalId}
            error={error('externalId')}
            onBlur={() => value.externalId !== '' && leave('externalId')}
            onInput={(event) => change({ externalId: event.currentTarget.value.trim() })}
          />
        </>
      )}
    </DialogForm>
  )
}
