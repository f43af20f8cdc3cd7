import { useState } from 'preact/hooks'
import { useLocation } from 'preact-iso'
import { ask } from '../connection.ts'
import { Select, TextArea } from '../parts/field.tsx'
import { paths } from '../paths.ts'
import { DialogForm } from '../settings/parts/dialog-form.tsx'
import { requestId } from '../settings/parts/request-id.ts'
import { useAsk } from '../settings/parts/use-ask.ts'
import { checkWish } from '../settings/parts/wish-errors.ts'

/** The first message to another vendor; where the two have a room already, it goes on there. */
export function RoomDialog({ onClose }: { onClose: () => void }) {
  const { route } = useLocation()
  const vendors = useAsk('listRoomVendors', {})
  const [value, setValue] = useState({ vendorId: '', text: '' })
  const listed = vendors.value?.vendors ?? []
  const vendorId = value.vendorId || (listed[0]?.vendorId ?? '')
  const wish = { ...value, vendorId }
  return (
    <DialogForm
      title="Write to another vendor"
      act="Send"
      value={wish}
      check={(given) => checkWish('startVendorRoom', { requestId: 'unsent00', ...given })}
      save={async (given) => {
        const outcome = await ask('startVendorRoom', { requestId: requestId(), ...given })
        if (!outcome.ok) return outcome.refusal
        onClose()
        route(paths.conversation('rooms', outcome.value.conversationId))
        return null
      }}
      onClose={onClose}
    >
      {(error, leave) => (
        <>
          <Select
            label="Vendor"
            help="Everybody of both shops reads along, and the marketplace’s moderators."
            data-focus-first
            value={vendorId}
            error={error('vendorId')}
            onChange={(event) => setValue({ ...value, vendorId: event.currentTarget.value })}
          >
            {listed.map((vendor) => (
              <option key={vendor.vendorId} value={vendor.vendorId}>
                {vendor.name}
              </option>
            ))}
          </Select>
          <TextArea
            label="Message"
            rows={4}
            dir="auto"
            value={value.text}
            error={error('text')}
            onBlur={() => value.text !== '' && leave('text')}
            onInput={(event) => setValue({ ...value, text: event.currentTarget.value })}
          />
        </>
      )}
    </DialogForm>
  )
}
