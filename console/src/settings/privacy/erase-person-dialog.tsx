import type { FoundPerson } from '@parley/shared/protocol/privacy.ts'
import { ask } from '../../connection.ts'
import { EraseDialog } from '../parts/erase-dialog.tsx'
import { requestId } from '../parts/request-id.ts'
import { nameOf } from './name-of.ts'

export function ErasePersonDialog(props: {
  person: FoundPerson
  onExport: () => void
  onClose: () => void
  onErased: () => void
}) {
  const { person, ...rest } = props
  const { contactId, conversations } = person
  return (
    <EraseDialog
      {...rest}
      name={nameOf(person)}
      erase={async (reason) => {
        const outcome = await ask('erasePerson', { requestId: requestId(), contactId, reason })
        return outcome.ok ? null : outcome.refusal
      }}
    >
      <p>
        Gone from everywhere, open screens included: name, address, answers and files, and every word of{' '}
        {conversations === 1 ? 'the conversation' : `the ${conversations} conversations`} with them, notes and
        your colleagues’ answers too. Open conversations end, and so do their sign-ins.
      </p>
      <p>What stays: that there was a conversation, when, with whom of you, its topic and its stars.</p>
    </EraseDialog>
  )
}
