import {
  fewestAuditDays,
  fewestDays,
  mostDays,
  type Retention,
  type RetentionCount,
} from '@parley/shared/protocol/retention.ts'
import { useEffect, useState } from 'preact/hooks'
import { ask } from '../../connection.ts'
import { Button } from '../../parts/button.tsx'
import { Field } from '../../parts/field.tsx'
import { showToast } from '../../parts/toast.tsx'
import { AskedView } from '../parts/asked-view.tsx'
import { Problem } from '../parts/confirm.tsx'
import { Card } from '../parts/page.tsx'
import { refusalWords } from '../parts/refusal-words.ts'
import { requestId } from '../parts/request-id.ts'
import { useAsk } from '../parts/use-ask.ts'
import { checkWish } from '../parts/wish-errors.ts'
import { countWords } from './count-words.ts'
import styles from './privacy.module.css'

type Name = keyof Retention

const fields: readonly { name: Name; label: string; help: string; fewest: number }[] = [
  {
    name: 'conversationDays',
    label: 'Closed conversations',
    help: 'Words, names and files, counted from the end. That they happened stays.',
    fewest: fewestDays,
  },
  {
    name: 'fileDays',
    label: 'Files',
    help: 'Counted from when they were sent. The message stays.',
    fewest: fewestDays,
  },
  {
    name: 'personDays',
    label: 'People not heard of again',
    help: 'Name and address, once no conversation of theirs is kept.',
    fewest: fewestDays,
  },
  {
    name: 'auditDays',
    label: 'Names in the audit log',
    help: `At least ${fewestAuditDays}. Its lines and its proof stay.`,
    fewest: fewestAuditDays,
  },
]

/** What goes by itself, and when. Counted before it is saved: what has gone does not come back. */
export function RetentionCard() {
  const asked = useAsk('viewRetention', {})
  return (
    <Card title="How long it is kept" aside="Empty keeps it">
      <AskedView of={asked} lines={5}>
        {(kept) => <RetentionForm kept={kept} onSaved={asked.put} />}
      </AskedView>
    </Card>
  )
}

function RetentionForm({ kept, onSaved }: { kept: Retention; onSaved: (kept: Retention) => void }) {
  const [value, setValue] = useState(() => asText(kept))
  const [count, setCount] = useState<RetentionCount>()
  const [problem, setProblem] = useState<string>()
  const [busy, setBusy] = useState<'counting' | 'saving'>()
  const retention = asDays(value)
  const errors = checkWish('countRetention', { retention })
  const isSame = JSON.stringify(retention) === JSON.stringify(asDays(asText(kept)))
  useEffect(() => setCount(undefined), [JSON.stringify(value)])

  async function look(): Promise<void> {
    setBusy('counting')
    setProblem(undefined)
    const outcome = await ask('countRetention', { retention })
    setBusy(undefined)
    if (outcome.ok) setCount(outcome.value)
    else setProblem(refusalWords(outcome.refusal))
  }

  async function save(): Promise<void> {
    setBusy('saving')
    setProblem(undefined)
    const outcome = await ask('saveRetention', { requestId: requestId(), retention })
    setBusy(undefined)
    if (!outcome.ok) return setProblem(refusalWords(outcome.refusal))
    showToast({ text: 'Saved. What is over its time goes within the hour.' })
    onSaved(outcome.value)
  }

  const isWrong = Object.keys(errors).length > 0
  return (
    <div class={styles.dialog}>
      <div class={styles.terms}>
        {fields.map(({ name, label, help, fewest }) => (
          <Field
            key={name}
            label={`${label}, days`}
            help={help}
            type="number"
            inputMode="numeric"
            min={fewest}
            max={mostDays}
            placeholder="for ever"
            value={value[name]}
            error={errors[`retention.${name}`]}
            onInput={(event) => setValue({ ...value, [name]: event.currentTarget.value })}
          />
        ))}
      </div>
      {count !== undefined && (
        <p role="status" class={styles.count}>
          {countWords(count)}
        </p>
      )}
      {problem !== undefined && <Problem>{problem}</Problem>}
      <div class={styles.acts}>
        <Button isBusy={busy === 'counting'} disabled={isWrong} onClick={() => void look()}>
          Count what would go
        </Button>
        <Button
          variant="primary"
          isBusy={busy === 'saving'}
          disabled={isWrong || isSame}
          onClick={() => void save()}
        >
          Save
        </Button>
      </div>
    </div>
  )
}

function asText(kept: Retention): Record<Name, string> {
  const text = (days: number | null) => (days === null ? '' : String(days))
  const { conversationDays, fileDays, personDays, auditDays } = kept
  return {
    conversationDays: text(conversationDays),
    fileDays: text(fileDays),
    personDays: text(personDays),
    auditDays: text(auditDays),
  }
}

function asDays(value: Record<Name, string>): Retention {
  const days = (text: string) => (text.trim() === '' ? null : Number(text))
  return {
    conversationDays: days(value.conversationDays),
    fileDays: days(value.fileDays),
    personDays: days(value.personDays),
    auditDays: days(value.auditDays),
  }
}
