import type { MemberSettings } from '@parley/shared/protocol/settings.ts'
import { ask } from '../../connection.ts'
import { EraseDialog } from '../parts/erase-dialog.tsx'
import { requestId } from '../parts/request-id.ts'

export function EraseMemberDialog(props: {
  member: MemberSettings
  onExport: () => void
  onClose: () => void
  onErased: () => void
}) {
  const { member, ...rest } = props
  const { memberId, name } = member
  return (
    <EraseDialog
      {...rest}
      name={name}
      erase={async (reason) => {
        const outcome = await ask('eraseMember', { requestId: requestId(), memberId, reason })
        return outcome.ok ? null : outcome.refusal
      }}
    >
      <p>
        Gone from everywhere, open screens included: name, address, password and second factor, what they
        learnt, and the words of reviews about them. Where their name stood it says “Former member”.
      </p>
      <p>
        What stays: what they wrote to customers and colleagues, what they decided, and their scores. If
        another site of yours works with the same account, nothing changes there.
      </p>
    </EraseDialog>
  )
}
