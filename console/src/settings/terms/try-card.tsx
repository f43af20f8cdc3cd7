import type { Refusal } from '@parley/shared/protocol/refusals.ts'
import type { TermRules, TermSample, TermTrial } from '@parley/shared/protocol/terms.ts'
import { FlaskConical } from 'lucide'
import { useState } from 'preact/hooks'
import { ask } from '../../connection.ts'
import { Button } from '../../parts/button.tsx'
import { paths } from '../../paths.ts'
import { counted } from '../../times.ts'
import { Problem } from '../parts/confirm.tsx'
import { moment } from '../parts/moments.ts'
import { Card } from '../parts/page.tsx'
import { Tag } from '../parts/rows.tsx'
import { errorsOf } from '../parts/wish-errors.ts'
import { actionWords, directionWords, kindWords } from './term-words.ts'
import styles from './terms.module.css'
import { verdictsOf } from './terms-draft.ts'

/** What the rules as they stand in the form would have done, before anybody is touched by them. */
export function TryCard({ rules }: { rules: TermRules }) {
  const [tried, setTried] = useState<{ of: string; value: TermTrial }>()
  const [refusal, setRefusal] = useState<Refusal>()
  const [isBusy, setBusy] = useState(false)
  const key = JSON.stringify(rules)

  async function run(): Promise<void> {
    setBusy(true)
    const outcome = await ask('tryTermRules', { rules })
    setBusy(false)
    setRefusal(outcome.ok ? undefined : outcome.refusal)
    if (outcome.ok) setTried({ of: key, value: outcome.value })
  }

  return (
    <Card title="Try it first">
      <div>
        <Button icon={FlaskConical} isBusy={isBusy} onClick={() => void run()}>
          Try on the past 30 days
        </Button>
      </div>
      {refusal && <Problem>{Object.values(errorsOf(refusal))[0]}</Problem>}
      <div role="status" class={styles.tried}>
        {tried && tried.of !== key && <p class={styles.quiet}>The rules have changed since. Try again.</p>}
        {tried && <Found trial={tried.value} />}
      </div>
    </Card>
  )
}

function Found({ trial }: { trial: TermTrial }) {
  const { messages, isCut, kinds } = trial
  if (messages === 0)
    return <p class={styles.quiet}>Vendors and buyers have written nothing in the past 30 days.</p>
  return (
    <>
      <p>
        Read: the {isCut ? 'newest ' : ''}
        {counted(messages, 'message')} between vendors and buyers. Nothing was changed.
      </p>
      <dl class={styles.verdicts}>
        {verdictsOf(trial).map(({ action, messages: count }) => (
          <div key={action}>
            <dt>{actionWords[action]}</dt>
            <dd>{count}</dd>
          </div>
        ))}
      </dl>
      {kinds.map(({ kind, messages: count, samples }) => (
        <details key={kind} class={styles.found}>
          <summary>
            {kindWords[kind]} <span class={styles.quiet}>{counted(count, 'message')}</span>
          </summary>
          <ul class={styles.samples}>
            {samples.map((sample) => (
              <Sample key={sample.messageId} sample={sample} />
            ))}
          </ul>
          {count > samples.length && <p class={styles.quiet}>The newest {samples.length} are shown.</p>}
        </details>
      ))}
    </>
  )
}

const tones = { allow: 'plain', flag: 'plain', mask: 'plain', hold: 'warn', refuse: 'bad' } as const

function Sample({ sample }: { sample: TermSample }) {
  return (
    <li class={styles.sample}>
      <p class={styles.said} dir="auto">
        {sample.text}
      </p>
      <p class={styles.facts}>
        <Tag tone={tones[sample.action]}>{actionWords[sample.action]}</Tag>
        {directionWords[sample.direction]} ·{' '}
        <a href={paths.conversation('all', sample.conversationId)}>{moment(sample.at)}</a>
      </p>
    </li>
  )
}
