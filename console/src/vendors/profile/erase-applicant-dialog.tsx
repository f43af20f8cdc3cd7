import type { VendorProfile } from '@parley/shared/protocol/vendors.ts'
import { ask } from '../../connection.ts'
import { EraseDialog } from '../../settings/parts/erase-dialog.tsx'
import { requestId } from '../../settings/parts/request-id.ts'

export function EraseApplicantDialog(props: {
  vendor: VendorProfile
  onExport: () => void
  onClose: () => void
  onErased: () => void
}) {
  const { vendor, ...rest } = props
  const { vendorId, state, queueId } = vendor
  const wasAdmitted = queueId !== null
  const isOpen = state === 'applied' || state === 'underReview'
  return (
    <EraseDialog
      {...rest}
      name="this application"
      erase={async (reason) => {
        const outcome = await ask('eraseApplicant', { requestId: requestId(), vendorId, reason })
        return outcome.ok ? null : outcome.refusal
      }}
    >
      <p>
        Gone from everywhere: {wasAdmitted ? 'the name, addresses' : 'the names, addresses'} and words of the
        application, every document, what was asked and answered, and the reasons on record.{' '}
        {isOpen && 'The application is refused, and its link opens nothing any more.'}
      </p>
      <p>
        What stays: that somebody applied, when, and what was decided
        {wasAdmitted && ', and the name of the shop that buyers wrote to'}.
      </p>
    </EraseDialog>
  )
}
