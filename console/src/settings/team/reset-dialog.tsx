import type { MemberSettings } from '@parley/shared/protocol/settings.ts'
import { useState } from 'preact/hooks'
import { ask } from '../../connection.ts'
import { Confirm } from '../parts/confirm.tsx'
import { requestId } from '../parts/request-id.ts'
import { LinkDialog } from './link-dialog.tsx'

/** For somebody who has lost their password or their phone. */
export function ResetDialog({ member, onClose }: { member: MemberSettings; onClose: () => void }) {
  const [link, setLink] = useState<string>()
  if (link !== undefined)
    return <LinkDialog name={member.name} link={link} lasts="15 minutes" onClose={onClose} />
  return (
    <Confirm
      title={`Make a new link for ${member.name}?`}
      act="Make link"
      staysOpen
      onClose={onClose}
      onConfirm={async () => {
        const outcome = await ask('resetSignIn', { requestId: requestId(), memberId: member.memberId })
        if (!outcome.ok) return outcome.refusal
        setLink(outcome.value.link)
        return null
      }}
    >
      <p>
        With it {member.name} chooses a new password
        {member.hasTotp ? ' and sets up two-step sign-in again' : ''}. Nothing changes until they use it, and
        it works for 15 minutes only. Make sure that the request really comes from them.
      </p>
    </Confirm>
  )
}
