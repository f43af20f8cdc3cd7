import type { CommandAnswer } from '@parley/shared/protocol/answers.ts'
import { Button } from '../../parts/button.tsx'
import { Field, Select } from '../../parts/field.tsx'
import { areasWith } from './areas.ts'
import styles from './audit.module.css'
import { type Chosen, everything } from './filter.ts'

export function AuditFilter(props: {
  chosen: Chosen
  members: CommandAnswer<'listMembers'>['members']
  seenActions: readonly string[]
  onChoose: (chosen: Chosen) => void
}) {
  const { chosen, members, seenActions, onChoose } = props
  const set = (name: keyof Chosen) => (event: { currentTarget: { value: string } }) =>
    onChoose({ ...chosen, [name]: event.currentTarget.value })
  const isNarrowed = Object.values(chosen).some((value) => value !== '')
  return (
    <search class={styles.filter} aria-label="Narrow the log">
      <Select label="Who" value={chosen.actorId} onChange={set('actorId')}>
        <option value="">Everybody</option>
        {members.map(({ memberId, name }) => (
          <option key={memberId} value={memberId}>
            {name}
          </option>
        ))}
        <option value="system:signIn">Refused sign-ins</option>
        <option value="system:identity">Signed identities</option>
      </Select>
      <Select label="What" value={chosen.area} onChange={set('area')}>
        <option value="">Everything</option>
        {areasWith(seenActions).map(({ id, label }) => (
          <option key={id} value={id}>
            {label}
          </option>
        ))}
      </Select>
      <Field
        label="On"
        placeholder="conversation:cnv_…"
        spellcheck={false}
        autoComplete="off"
        value={chosen.object}
        onChange={set('object')}
      />
      <Field
        label="From"
        type="date"
        max={chosen.to || undefined}
        value={chosen.from}
        onChange={set('from')}
      />
      <Field label="To" type="date" min={chosen.from || undefined} value={chosen.to} onChange={set('to')} />
      <Button
        class={styles.clear}
        variant="quiet"
        disabled={!isNarrowed}
        onClick={() => onChoose(everything)}
      >
        Show all
      </Button>
    </search>
  )
}
