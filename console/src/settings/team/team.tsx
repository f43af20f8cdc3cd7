import type { MemberSettings } from '@parley/shared/protocol/settings.ts'
import { UserPlus } from 'lucide'
import { useState } from 'preact/hooks'
import { ask } from '../../connection.ts'
import { Button } from '../../parts/button.tsx'
import { showToast } from '../../parts/toast.tsx'
import { AskedView } from '../parts/asked-view.tsx'
import { Confirm, Problem } from '../parts/confirm.tsx'
import { may } from '../parts/may.ts'
import { Card, Page } from '../parts/page.tsx'
import { refusalWords } from '../parts/refusal-words.ts'
import { requestId } from '../parts/request-id.ts'
import { Rows } from '../parts/rows.tsx'
import { saveFrom } from '../parts/save-file.ts'
import { useAsk } from '../parts/use-ask.ts'
import { EraseMemberDialog } from './erase-member-dialog.tsx'
import { InviteDialog } from './invite-dialog.tsx'
import { MemberDialog } from './member-dialog.tsx'
import { MemberRow } from './member-row.tsx'
import { ResetDialog } from './reset-dialog.tsx'

export function Team() {
  const members = useAsk('listMembers', {})
  const vendors = useAsk('listVendors', {})
  const [isInviting, setInviting] = useState(false)
  const [edited, setEdited] = useState<MemberSettings>()
  const [reset, setReset] = useState<MemberSettings>()
  const [disabled, setDisabled] = useState<MemberSettings>()
  const [erased, setErased] = useState<MemberSettings>()
  const [problem, setProblem] = useState<string>()
  const mayEdit = may('member.manage')
  const mayErase = may('person.erase')
  const all = members.value?.members ?? []
  const vendorName = (id: string | null) =>
    vendors.value?.vendors.find((vendor) => vendor.vendorId === id)?.name

  function put(changed: MemberSettings): void {
    members.put({ members: all.map((member) => (member.memberId === changed.memberId ? changed : member)) })
  }

  async function setDisabledState(member: MemberSettings, isDisabled: boolean) {
    put({ ...member, isDisabled })
    const outcome = await ask('disableMember', {
      requestId: requestId(),
      memberId: member.memberId,
      isDisabled,
    })
    if (!outcome.ok) put(member)
    return outcome
  }

  async function admitAgain(member: MemberSettings): Promise<void> {
    setProblem(undefined)
    const outcome = await setDisabledState(member, false)
    if (outcome.ok) showToast({ text: `${member.name} can sign in again` })
    else setProblem(refusalWords(outcome.refusal))
  }

  const row = (member: MemberSettings) => (
    <MemberRow
      key={member.memberId}
      member={member}
      vendorName={vendorName(member.vendorId)}
      mayEdit={mayEdit}
      onEdit={() => setEdited(member)}
      onReset={() => setReset(member)}
      onDisable={() => (member.isDisabled ? void admitAgain(member) : setDisabled(member))}
      onExport={mayErase ? () => take(member) : undefined}
      onErase={mayErase ? () => setErased(member) : undefined}
    />
  )

  return (
    <Page
      title="Team"
      intro="Who answers, and what they may see. Vendor members see only the conversations of their vendor."
      readOnlyWords={mayEdit ? undefined : 'Only an admin can change the team.'}
      actions={
        mayEdit && (
          <Button variant="primary" icon={UserPlus} onClick={() => setInviting(true)}>
            Invite
          </Button>
        )
      }
    >
      {problem !== undefined && <Problem>{problem}</Problem>}
      <AskedView of={members} lines={6}>
        {({ members: list }) => (
          <>
            <Card title="Marketplace" aside={count(list.filter((one) => one.role !== 'vendor'))} isFlush>
              <Rows label="Marketplace">{list.filter((one) => one.role !== 'vendor').map(row)}</Rows>
            </Card>
            <Card title="Vendor members" aside={count(list.filter((one) => one.role === 'vendor'))} isFlush>
              <Rows label="Vendor members">{list.filter((one) => one.role === 'vendor').map(row)}</Rows>
            </Card>
          </>
        )}
      </AskedView>
      {isInviting && (
        <InviteDialog
          vendors={vendors.value?.vendors ?? []}
          onClose={() => setInviting(false)}
          onInvited={() => void members.reload()}
        />
      )}
      {edited !== undefined && (
        <MemberDialog
          member={edited}
          onClose={() => setEdited(undefined)}
          onSaved={(saved) => {
            put(saved)
            setEdited(undefined)
            showToast({ text: `${saved.name} is saved` })
          }}
        />
      )}
      {reset !== undefined && <ResetDialog member={reset} onClose={() => setReset(undefined)} />}
      {disabled !== undefined && (
        <Confirm
          title={`Disable ${disabled.name}?`}
          act="Disable"
          onClose={() => setDisabled(undefined)}
          onConfirm={async () => {
            const outcome = await setDisabledState(disabled, true)
            return outcome.ok ? null : outcome.refusal
          }}
        >
          <p>
            {disabled.name} is signed out everywhere at once and gets no more conversations. What they wrote
            stays, and you can admit them again.
          </p>
        </Confirm>
      )}
      {erased !== undefined && (
        <EraseMemberDialog
          member={erased}
          onExport={() => take(erased)}
          onClose={() => setErased(undefined)}
          onErased={() => {
            showToast({ text: 'Erased. Conversations follow, open screens too.' })
            members.put({ members: all.filter(({ memberId }) => memberId !== erased.memberId) })
            setErased(undefined)
          }}
        />
      )}
    </Page>
  )
}

/** All that is kept, with the files. */
function take({ memberId }: MemberSettings): void {
  saveFrom(`/api/v1/members/${encodeURIComponent(memberId)}/export`)
}

function count(members: readonly MemberSettings[]): string {
  const active = members.filter((member) => !member.isDisabled).length
  return active === 1 ? '1 person' : `${active} people`
}
