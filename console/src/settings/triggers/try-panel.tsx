import type { CommandAnswer } from '@parley/shared/protocol/answers.ts'
import { useState } from 'preact/hooks'
import { Field, Select } from '../../parts/field.tsx'
import { Switch } from '../../parts/switch.tsx'
import { Card } from '../parts/page.tsx'
import { Row, Rows, Tag } from '../parts/rows.tsx'
import styles from './triggers.module.css'
import { ordinary, type Situation, tryRule } from './try-rules.ts'
import { factWords, fixedValues } from './words.ts'

const asked = [
  'path',
  'role',
  'signedIn',
  'device',
  'language',
  'visits',
  'cartValue',
  'orderState',
  'intent',
  'field',
  'declineClass',
  'open',
  'support',
  'vendor',
] as const

/** A page and a person made up by hand: for each rule, would it show if what it waits for happened now, and why not? */
export function TryRules({ list }: { list: CommandAnswer<'listTriggers'> }) {
  const [situation, setSituation] = useState<Situation>(ordinary)
  const { triggers, settings } = list
  const { facts } = situation
  const put = (next: Partial<Situation>) => setSituation({ ...situation, ...next })

  return (
    <>
      <Card title="A page and a person" aside="On a page itself, Parley('debug') answers the same">
        <div class={styles.facts}>
          {asked.map((fact) => {
            const choices = fixedValues[fact]
            const onValue = (event: { currentTarget: { value: string } }) =>
              put({ facts: { ...facts, [fact]: event.currentTarget.value } })
            return choices ? (
              <Select key={fact} label={factWords[fact]} value={facts[fact] ?? ''} onChange={onValue}>
                <option value="">Not known</option>
                {choices.map((choice) => (
                  <option key={choice.value} value={choice.value}>
                    {choice.label}
                  </option>
                ))}
              </Select>
            ) : (
              <Field key={fact} label={factWords[fact]} value={facts[fact] ?? ''} onInput={onValue} />
            )
          })}
          <Field
            label="Shown on this page already"
            type="number"
            min={0}
            value={situation.shownOnPage}
            onInput={(event) => put({ shownOnPage: Number(event.currentTarget.value) })}
          />
          <Field
            label="Shown today already"
            type="number"
            min={0}
            value={situation.shownToday}
            onInput={(event) => put({ shownToday: Number(event.currentTarget.value) })}
          />
        </div>
        <Switch label="Is typing" isOn={situation.isTyping} onChange={(isTyping) => put({ isTyping })} />
        <Switch
          label="A dialog, a payment frame or the chat is open"
          isOn={situation.isCovered}
          onChange={(isCovered) => put({ isCovered })}
        />
        <Switch
          label="Has said “Not now” lately"
          isOn={situation.saidNotNow}
          onChange={(saidNotNow) => put({ saidNotNow })}
        />
      </Card>
      <Card title="Would it show, if what it waits for happened now?" isFlush>
        <Rows label="What each rule would do">
          {triggers.map(({ triggerId, name, rule, isOn }) => {
            const { wouldShow, why } = tryRule(triggerId, rule, settings, situation, settings.segments)
            return (
              <Row
                key={triggerId}
                title={name}
                detail={isOn ? why : `It is off. If it were on: ${why}`}
                state={
                  <Tag tone={isOn && wouldShow ? 'good' : 'plain'}>
                    {isOn && wouldShow ? 'Would show' : 'Would not'}
                  </Tag>
                }
              />
            )
          })}
        </Rows>
      </Card>
    </>
  )
}
