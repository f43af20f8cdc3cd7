import { TriangleAlert, X } from 'lucide'
import { failedAct } from '../acts/conversation-acts.ts'
import { refusalWords } from '../acts/refusal-words.ts'
import { Icon } from '../parts/icon.tsx'
import { IconButton } from '../parts/icon-button.tsx'
import styles from './banner.module.css'

export function FailedAct({ conversationId }: { conversationId: string }) {
  const failed = failedAct.value
  const isHere = failed !== null && failed.conversationId === conversationId
  return (
    <div role="alert">
      {isHere && (
        <div class={`${styles.banner} ${styles.failed}`}>
          <Icon node={TriangleAlert} size={16} />
          <p class={styles.words}>{refusalWords(failed.refusal)}</p>
          <IconButton
            icon={X}
            label="Dismiss"
            onClick={() => {
              failedAct.value = null
            }}
          />
        </div>
      )}
    </div>
  )
}
