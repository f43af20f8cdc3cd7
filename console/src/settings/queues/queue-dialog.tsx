import type { MemberSettings, QueueSettings } from '@parley/shared/protocol/settings.ts'
import { useState } from 'preact/hooks'
import { ask } from '../../connection.ts'
import { Field, Select } from '../../parts/field.tsx'
import { DialogForm } from '../parts/dialog-form.tsx'
import { requestId } from '../parts/request-id.ts'
import { checkWish } from '../parts/wish-errors.ts'
import { roleWords } from '../team/role-words.ts'
import styles from './queues.module.css'

export function QueueDialog(props: {
  queue: QueueSettings | undefined
  members: readonly MemberSettings[]
  onClose: () => void
  onSaved: (queue: QueueSettings) => void
}) {
  const { queue } = props
  const [value, setValue] = useState({
    queueId: queue?.queueId ?? null,
    name: queue?.name ?? '',
    memberIds: queue?.memberIds ?? [],
    mode: queue?.mode ?? ('offer' as const),
    offerSeconds: queue?.offerSeconds ?? 45,
  })
  const change = (patch: Partial<typeof value>) => setValue({ ...value, ...patch })
  const fitting = props.members.filter((member) =>
    queue?.kind === 'vendor' ? member.vendorId === queue.vendorId : member.role !== 'vendor',
  )

  return (
    <DialogForm
      title={queue === undefined ? 'Add a queue' : `Edit ${queue.name}`}
      act={queue === undefined ? 'Add queue' : 'Save'}
      width={640}
      value={value}
      check={(wish) => checkWish('saveQueue', { requestId: 'unsent00', ...wish })}
      save={async (wish) => {
        const outcome = await ask('saveQueue', { requestId: requestId(), ...wish })
        if (outcome.ok) props.onSaved(outcome.value)
        return outcome.ok ? null : outcome.refusal
      }}
      onClose={props.onClose}
    >
      {(error, leave) => (
        <>
          <Field
            label="Name"
            data-focus-first
            maxLength={60}
            value={value.name}
            error={error('name')}
            onBlur={() => value.name !== '' && leave('name')}
            onInput={(event) => change({ name: event.currentTarget.value })}
          />
          <Select
            label="How conversations reach people"
            help={
              value.mode === 'offer'
                ? 'The next person with room is asked. If they do not take it in time, the next one is.'
                : 'Everybody sees what waits and takes what fits.'
            }
            value={value.mode}
            onChange={(event) => change({ mode: event.currentTarget.value === 'pick' ? 'pick' : 'offer' })}
          >
            <option value="offer">Offered to one person at a time</option>
            <option value="pick">Picked from the queue</option>
          </Select>
          {value.mode === 'offer' && (
            <Field
              label="Seconds to accept an offer"
              type="number"
              min={10}
              max={600}
              step={5}
              help="From 10 to 600."
              value={Number.isNaN(value.offerSeconds) ? '' : value.offerSeconds}
              error={error('offerSeconds')}
              onBlur={() => leave('offerSeconds')}
              onInput={(event) => change({ offerSeconds: event.currentTarget.valueAsNumber })}
            />
          )}
          <fieldset class={styles.members}>
            <legend>Who answers it</legend>
            {fitting.length === 0 && <p class={styles.none}>Nobody fits yet. Invite people in Team.</p>}
            {fitting.map((member) => (
              <label key={member.memberId} class={styles.member}>
                <input
                  type="checkbox"
                  checked={value.memberIds.includes(member.memberId)}
                  onChange={(event) =>
                    change({
                      memberIds: event.currentTarget.checked
                        ? [...value.memberIds, member.memberId]
                        : value.memberIds.filter((id) => id !== member.memberId),
                    })
                  }
                />
                <span>{member.name}</span>
                <span class={styles.role}>{member.isDisabled ? 'Disabled' : roleWords[member.role]}</span>
              </label>
            ))}
          </fieldset>
        </>
      )}
    </DialogForm>
  )
}
