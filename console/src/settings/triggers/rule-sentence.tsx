import { describeParts } from '@parley/shared/triggers/describe-rule.ts'
import type { Rule } from '@parley/shared/triggers/rule.ts'
import styles from './triggers.module.css'

/** What the rule does in one sentence; each part leads to where it is changed. */
export function RuleSentence({ rule, names }: { rule: Rule; names: Record<string, string> }) {
  return (
    <p class={styles.told}>
      {describeParts(rule, names).map((part, at) =>
        typeof part === 'string' ? (
          part
        ) : (
          <a key={at} class={styles.token} href={`#trigger-${part.of}`}>
            {part.token}
          </a>
        ),
      )}
    </p>
  )
}
