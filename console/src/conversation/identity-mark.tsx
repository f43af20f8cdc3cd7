import { BadgeCheck, CircleHelp } from 'lucide'
import { Icon } from '../parts/icon.tsx'
import { me } from '../session.ts'
import styles from './identity-mark.module.css'
import { identityWords } from './identity-words.ts'

/** Beside the name of whoever asks. */
export function IdentityMark({
  isVerified,
  class: outer,
}: {
  isVerified: boolean
  class?: string | undefined
}) {
  const { word, how } = identityWords(isVerified, me.value?.siteName)
  return (
    <span class={isVerified ? styles.verified : styles.guest} title={how}>
      <Icon node={isVerified ? BadgeCheck : CircleHelp} size={12} />
      <span class={outer}>{word}</span>
    </span>
  )
}
