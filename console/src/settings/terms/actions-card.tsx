import { type RuledKind, ruledKinds, type TermAction, termActions } from '@parley/shared/protocol/terms.ts'
import { Select } from '../../parts/field.tsx'
import { Card } from '../parts/page.tsx'
import { actionEffects, actionWords, directionWords, kindHelp, kindWords } from './term-words.ts'
import styles from './terms.module.css'
import { type Direction, withAction } from './terms-draft.ts'
import type { TermsForm } from './terms-page.tsx'

const cards: { title: string; directions: readonly Direction[] }[] = [
  { title: 'What happens to a message', directions: ['vendorToBuyer', 'buyerToVendor'] },
  { title: 'In rooms', directions: ['vendorToVendor', 'buyerToBuyer'] },
]

export function ActionsCards({ form }: { form: TermsForm }) {
  return cards.map((card) => <ActionsCard key={card.title} form={form} {...card} />)
}

function ActionsCard({ form, title, directions }: (typeof cards)[number] & { form: TermsForm }) {
  return (
    <Card title={title}>
      {directions[0] === 'vendorToBuyer' && (
        <dl class={styles.effects}>
          {termActions.map((action) => (
            <div key={action}>
              <dt>{actionWords[action]}</dt>
              <dd>{actionEffects[action]}</dd>
            </div>
          ))}
        </dl>
      )}
      <div class={styles.rules}>
        <div class={styles.heads} aria-hidden="true">
          <span />
          {directions.map((direction) => (
            <span key={direction}>{directionWords[direction]}</span>
          ))}
        </div>
        {ruledKinds.map((kind) => (
          <KindRow key={kind} kind={kind} form={form} directions={directions} />
        ))}
      </div>
    </Card>
  )
}

function KindRow({
  kind,
  form,
  directions,
}: {
  kind: RuledKind
  form: TermsForm
  directions: readonly Direction[]
}) {
  return (
    // biome-ignore lint/a11y/useSemanticElements: a fieldset's legend cannot stand in the grid
    <div role="group" aria-label={kindWords[kind]} class={styles.rule}>
      <span class={styles.kind}>
        {kindWords[kind]}
        <small>{kindHelp[kind]}</small>
      </span>
      {directions.map((direction) => (
        <ActionSelect
          key={direction}
          label={directionWords[direction]}
          value={form.value[direction][kind]}
          onChange={(action) => form.change(withAction(form.value, direction, kind, action))}
        />
      ))}
    </div>
  )
}

function ActionSelect(props: {
  label: (typeof directionWords)[Direction]
  value: TermAction
  onChange: (action: TermAction) => void
}) {
  return (
    <Select
      label={props.label}
      value={props.value}
      onChange={(event) => props.onChange(event.currentTarget.value as TermAction)}
    >
      {termActions.map((action) => (
        <option key={action} value={action}>
          {actionWords[action]}
        </option>
      ))}
    </Select>
  )
}
