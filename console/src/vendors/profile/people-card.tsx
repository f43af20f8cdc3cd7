import type { VendorMember } from '@parley/shared/protocol/vendors.ts'
import { Avatar } from '../../parts/avatar.tsx'
import { Card } from '../../settings/parts/page.tsx'
import { Row, Rows, Tag } from '../../settings/parts/rows.tsx'
import { dayOf } from '../vendor-words.ts'
import styles from './profile.module.css'

export function PeopleCard({ people }: { people: readonly VendorMember[] }) {
  if (people.length === 0) return null
  return (
    <Card title="Members and training" aside={`${people.length}`} isFlush>
      <Rows label="Members and training">
        {people.map((person) => (
          <Row
            key={person.memberId}
            lead={<Avatar name={person.name} party="vendor" size={32} hasBadge={false} />}
            title={person.name}
            detail={person.certificates.length === 0 ? 'No training passed' : undefined}
            state={
              <>
                {person.isDisabled && <Tag>Disabled</Tag>}
                {person.isInvited && <Tag>Invited</Tag>}
                {person.certificates.map(({ moduleId, title, expiresAt, isCurrent }) => (
                  <Tag key={moduleId} tone={isCurrent ? 'good' : 'bad'}>
                    {title} {isCurrent ? `until ${dayOf(expiresAt)}` : 'expired'}
                  </Tag>
                ))}
              </>
            }
          />
        ))}
      </Rows>
      <p class={styles.foot}>Whoever has not passed a topic’s training is not given that topic.</p>
    </Card>
  )
}
