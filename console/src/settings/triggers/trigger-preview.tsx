import type { TriggerCounts } from '@parley/shared/protocol/triggers.ts'
import type { Rule } from '@parley/shared/triggers/rule.ts'
import { BookOpen, Headset, MessagesSquare, Store, X } from 'lucide'
import { Icon } from '../../parts/icon.tsx'
import { countsLine, liftLine, quietLine } from './report-words.ts'
import styles from './triggers.module.css'

const examples: Record<string, string> = {
  product: 'Blue serving bowl',
  order: '48213',
  field: 'email',
  declineClass: 'insufficient_funds',
}
const fill = (text = '') => text.replace(/\{(\w+)\}/g, (_, name: string) => examples[name] ?? '')

/** What people see beside the launcher, with example values in place. */
export function TriggerPreview({ rule, counts }: { rule: Rule; counts: TriggerCounts | undefined }) {
  const { show, title, text, button, with: place, prefill } = rule.do
  const quiet = counts && quietLine(counts)
  const lift = counts && liftLine(counts, !!rule.share?.holdOut)
  return (
    <div class={styles.preview}>
      <h2 class={styles.previewTitle}>Live preview</h2>
      <div class={styles.stage} aria-hidden="true">
        {(show === 'teaser' || show === 'article') && (
          <div class={styles.teaser}>
            <span class={place === 'vendor' ? styles.vendorTile : styles.supportTile}>
              <Icon node={show === 'article' ? BookOpen : place === 'vendor' ? Store : Headset} size={20} />
            </span>
            <span class={styles.teaserWords}>
              <strong>{fill(title) || 'Title'}</strong>
              {text && <span>{fill(text)}</span>}
              <span class={styles.teaserActs}>
                <span class={styles.main}>{button || (show === 'article' ? 'Read' : 'Ask')}</span>
                <span class={styles.later}>Not now</span>
              </span>
            </span>
            <Icon node={X} size={16} />
          </div>
        )}
        {show === 'bubble' && (
          <div class={styles.bubble}>
            <span>{fill(text) || 'Words'}</span>
            <Icon node={X} size={16} />
          </div>
        )}
        {show === 'open' && <div class={styles.bubble}>The chat opens with the form filled.</div>}
        <span class={styles.launcher}>
          <Icon node={MessagesSquare} size={24} />
          {show === 'badge' && <span class={styles.dot} />}
        </span>
      </div>
      {prefill && show !== 'article' && (
        <p class={styles.counts}>
          The message begins with: <q>{fill(prefill).trim()}</q>
        </p>
      )}
      {counts && (
        <>
          <h3 class={styles.previewTitle}>Last 7 days</h3>
          <p class={styles.counts}>{countsLine(counts)}</p>
          {quiet && <p class={styles.counts}>{quiet}</p>}
          {lift && <p class={styles.counts}>{lift}</p>}
        </>
      )}
    </div>
  )
}
