import { Avatar } from '../../parts/avatar.tsx'
import { me } from '../../session.ts'
import { Card, Page } from '../parts/page.tsx'
import { roleEffects, roleWords } from '../team/role-words.ts'
import { ConsoleCard } from './console-card.tsx'
import { NameCard } from './name-card.tsx'
import { PasswordCard } from './password-card.tsx'
import styles from './profile.module.css'
import { TwoStepCard } from './two-step-card.tsx'

export function Profile() {
  const who = me.value
  if (!who) return null
  const party = who.role === 'vendor' ? 'vendor' : who.role === 'moderator' ? 'moderator' : 'support'
  return (
    <Page title="Profile">
      <Card title="You">
        <div class={styles.who}>
          <Avatar name={who.name} party={party} size={40} />
          <div>
            <p class={styles.name}>{who.name}</p>
            <p class={styles.fact}>{who.email}</p>
            <p class={styles.fact}>
              {roleWords[who.role]}
              {who.vendorName !== null && ` of ${who.vendorName}`} at {who.siteName}. {roleEffects[who.role]}
            </p>
          </div>
        </div>
        <NameCard />
      </Card>
      <PasswordCard />
      <TwoStepCard />
      <ConsoleCard />
    </Page>
  )
}
