import type { MemberSettings } from '@parley/shared/protocol/settings.ts'
import { Download, Ellipsis, Eraser, Link, Pencil, UserRoundCheck, UserRoundX } from 'lucide'
import { Avatar } from '../../parts/avatar.tsx'
import { IconButton } from '../../parts/icon-button.tsx'
import { Menu } from '../../parts/menu.tsx'
import { me } from '../../session.ts'
import { Row, Tag } from '../parts/rows.tsx'
import { roleWords } from './role-words.ts'

export function MemberRow(props: {
  member: MemberSettings
  vendorName: string | undefined
  mayEdit: boolean
  onEdit: () => void
  onReset: () => void
  onDisable: () => void
  /** Only for whoever may: their personal data. */
  onExport: (() => void) | undefined
  onErase: (() => void) | undefined
}) {
  const { member } = props
  const isMe = member.memberId === me.value?.memberId
  const party = member.role === 'vendor' ? 'vendor' : member.role === 'moderator' ? 'moderator' : 'support'
  const personalData = [
    ...(props.onExport ? [{ label: 'Export personal data', icon: Download, onSelect: props.onExport }] : []),
    ...(props.onErase && member.isDisabled
      ? [{ label: 'Erase…', icon: Eraser, isDanger: true, onSelect: props.onErase }]
      : []),
  ]
  return (
    <Row
      lead={<Avatar name={member.name} party={party} />}
      title={
        <>
          {member.name}
          {isMe && ' (you)'}
        </>
      }
      detail={`${member.email} · ${props.vendorName ?? roleWords[member.role]}`}
      state={
        <>
          {member.isDisabled && <Tag tone="bad">Disabled</Tag>}
          {member.isInvited && !member.isDisabled && <Tag tone="warn">Invited</Tag>}
          {!member.isDisabled && !member.isInvited && <span>{presence(member)}</span>}
          {member.hasTotp && <Tag tone="good">Two-step</Tag>}
        </>
      }
      actions={
        props.mayEdit && (
          <Menu
            label={`Acts on ${member.name}`}
            align="end"
            groups={[
              {
                items: [
                  { label: 'Edit…', icon: Pencil, onSelect: props.onEdit },
                  ...(isMe
                    ? []
                    : [
                        {
                          label: member.isInvited ? 'New invitation link…' : 'New sign-in link…',
                          icon: Link,
                          isDisabled: member.isDisabled,
                          onSelect: props.onReset,
                        },
                        member.isDisabled
                          ? { label: 'Admit again', icon: UserRoundCheck, onSelect: props.onDisable }
                          : {
                              label: 'Disable…',
                              icon: UserRoundX,
                              isDanger: true,
                              onSelect: props.onDisable,
                            },
                      ]),
                ],
              },
              ...(personalData.length === 0 ? [] : [{ items: personalData }]),
            ]}
            trigger={(trigger) => (
              <IconButton icon={Ellipsis} label={`Acts on ${member.name}`} {...trigger} />
            )}
          />
        )
      }
    />
  )
}

function presence(member: MemberSettings): string {
  if (!member.isOnline) return `Offline, takes ${member.capacity}`
  return member.availability === 'available' ? `Available, takes ${member.capacity}` : 'Away'
}
