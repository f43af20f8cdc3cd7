import type { QueueSettings, SiteSettings, Topic } from '@parley/shared/protocol/settings.ts'
import { ArrowDown, ArrowUp, Plus, Trash2 } from 'lucide'
import { useRef, useState } from 'preact/hooks'
import { Button } from '../../parts/button.tsx'
import { Field, Select } from '../../parts/field.tsx'
import { IconButton } from '../../parts/icon-button.tsx'
import { freshId } from '../intake/field-id.ts'
import { FormFrame } from '../parts/form-frame.tsx'
import { may } from '../parts/may.ts'
import { Card } from '../parts/page.tsx'
import { moved, neighbour, replaced, without } from '../parts/reorder.ts'
import { useForm } from '../parts/use-form.ts'
import type { SiteForm } from '../site/site-settings.ts'
import styles from './queues.module.css'
import { checkTopicUse, withTopics } from './topic-use.ts'

const mostTopics = 60

export function TopicsForm(props: { site: SiteForm; saved: SiteSettings; queues: readonly QueueSettings[] }) {
  const { site, saved } = props
  const mayEdit = may('site.configure')
  const form = useForm({
    name: 'queues',
    saved: { topics: saved.topics },
    check: (part) => ({ ...site.check(part), ...checkTopicUse(saved.intake, part.topics) }),
    save: (part) => site.save({ ...part, intake: withTopics(saved.intake, part.topics) }),
  })
  const [said, setSaid] = useState('')
  const list = useRef<HTMLOListElement>(null)
  const { topics } = form.value
  const support = props.queues.filter((queue) => queue.kind === 'support')

  function focus(id: string, act: string): void {
    requestAnimationFrame(() =>
      list.current?.querySelector<HTMLElement>(`[data-topic="${id}"] [data-act="${act}"]`)?.focus(),
    )
  }
  function put(index: number, topic: Topic): void {
    form.change({ topics: replaced(topics, index, topic) })
  }
  function move(from: number, to: number): void {
    const topic = topics[from]
    if (topic === undefined || to < 0 || to >= topics.length) return
    form.change({ topics: moved(topics, from, to) })
    setSaid(`${topic.label} is now topic ${to + 1} of ${topics.length}`)
    focus(topic.id, to < from ? 'up' : 'down')
  }
  function remove(index: number): void {
    const next = neighbour(topics.length, index)
    const left = without(topics, index)
    form.change({ topics: left })
    setSaid(`${topics[index]?.label ?? 'The topic'} is removed`)
    const stay = next === undefined ? undefined : left[next]
    if (stay !== undefined) focus(stay.id, 'label')
  }
  function add(): void {
    const id = freshId(
      '',
      topics.map((topic) => topic.id),
      'topic',
    )
    form.change({ topics: [...topics, { id, label: '', queueId: null, for: 'both' }] })
    focus(id, 'label')
  }

  return (
    <FormFrame form={form} isReadOnly={!mayEdit}>
      <Card title="Topics" isFlush aside="People choose one before they write">
        <div class={styles.topicHead} aria-hidden="true">
          <span>Topic</span>
          <span>Asked when writing to</span>
          <span>Goes to</span>
        </div>
        <ol ref={list} class={styles.topics}>
          {topics.map((topic, index) => (
            <li key={topic.id} class={styles.topic} data-topic={topic.id}>
              <Field
                label={`Topic ${index + 1}`}
                isLabelHidden
                placeholder="Delivery"
                data-act="label"
                maxLength={60}
                value={topic.label}
                error={form.error(`topics.${index}.label`)}
                onBlur={() => form.leave(`topics.${index}.label`)}
                onInput={(event) => put(index, { ...topic, label: event.currentTarget.value })}
              />
              <Select
                label={`Offered with topic ${index + 1}`}
                isLabelHidden
                value={topic.for}
                onChange={(event) => put(index, { ...topic, for: event.currentTarget.value as Topic['for'] })}
              >
                <option value="both">Both</option>
                <option value="support">Marketplace</option>
                <option value="vendor">Vendors</option>
              </Select>
              <Select
                label={`Queue of topic ${index + 1}`}
                isLabelHidden
                value={topic.for === 'vendor' ? '' : (topic.queueId ?? '')}
                disabled={topic.for === 'vendor' || !mayEdit}
                error={form.error(`topics.${index}.queueId`)}
                onChange={(event) => put(index, { ...topic, queueId: event.currentTarget.value || null })}
              >
                <option value="">
                  {topic.for === 'vendor' ? 'The vendor’s queue' : `The first: ${support[0]?.name ?? 'none'}`}
                </option>
                {support.map((queue) => (
                  <option key={queue.queueId} value={queue.queueId}>
                    {queue.name}
                  </option>
                ))}
              </Select>
              {mayEdit && (
                <span class={styles.acts}>
                  <IconButton
                    icon={ArrowUp}
                    label={`Move ${topic.label} up`}
                    data-act="up"
                    aria-disabled={index === 0 || undefined}
                    onClick={() => move(index, index - 1)}
                  />
                  <IconButton
                    icon={ArrowDown}
                    label={`Move ${topic.label} down`}
                    data-act="down"
                    aria-disabled={index === topics.length - 1 || undefined}
                    onClick={() => move(index, index + 1)}
                  />
                  <IconButton icon={Trash2} label={`Remove ${topic.label}`} onClick={() => remove(index)} />
                </span>
              )}
            </li>
          ))}
        </ol>
        {topics.length === 0 && (
          <p class={styles.none}>No topics: nothing is asked, and all goes to the first queue.</p>
        )}
        {mayEdit && topics.length < mostTopics && (
          <div class={styles.add}>
            <Button icon={Plus} variant="quiet" onClick={add}>
              Add a topic
            </Button>
          </div>
        )}
        <p role="status" class="visually-hidden">
          {said}
        </p>
      </Card>
    </FormFrame>
  )
}
