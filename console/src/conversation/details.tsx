import { roomOf } from '@parley/shared/conversation/room.ts'
import type { ContactView } from '@parley/shared/protocol/reading.ts'
import type { Refusal } from '@parley/shared/protocol/refusals.ts'
import type { DissatisfactionTrend } from '@parley/shared/protocol/tone.ts'
import { ExternalLink } from 'lucide'
import type { ComponentChildren } from 'preact'
import { useEffect, useState } from 'preact/hooks'
import { refusalWords } from '../acts/refusal-words.ts'
import { now } from '../clock.ts'
import { ask } from '../connection.ts'
import { orderName } from '../inbox/row-words.ts'
import { keep, kept } from '../kept.ts'
import { Avatar } from '../parts/avatar.tsx'
import { Button } from '../parts/button.tsx'
import { Icon } from '../parts/icon.tsx'
import { Skeleton } from '../parts/skeleton.tsx'
import { paths } from '../paths.ts'
import { me } from '../session.ts'
import { shortDate } from '../times.ts'
import styles from './details.module.css'
import { Dissatisfaction } from './dissatisfaction.tsx'
import { IdentityMark } from './identity-mark.tsx'
import { identityWords } from './identity-words.ts'
import { MaskedValue, type Revealed } from './masked-value.tsx'
import type { Subject } from './subject.ts'
import { dissatisfactionSentence, whyWords } from './tone-words.ts'

export interface DetailsProps {
  subject: Subject
  /** Changes when something in the log may have changed the facts. */
  version: number
  dissatisfaction: DissatisfactionTrend | null
  revealed: Revealed
}

export function Details({ subject, version, dissatisfaction, revealed }: DetailsProps) {
  const { conversationId, customer } = subject
  const room = roomOf(subject)
  const [view, setView] = useState<ContactView | null>(null)
  const [refusal, setRefusal] = useState<Refusal | null>(null)
  const load = async () => {
    const outcome = await ask('viewContact', { conversationId })
    setRefusal(outcome.ok ? null : outcome.refusal)
    if (outcome.ok) setView(outcome.value)
  }
  useEffect(() => void load(), [conversationId, version])

  const party = customer.role === 'vendor' ? 'vendor' : 'buyer'
  const about = view?.about ?? subject.about
  const answers = view?.answers ?? []
  const earlier = view?.earlier ?? []
  const canAsk = me.value?.role !== 'vendor'
  return (
    <div class={styles.details}>
      <section class={styles.person} aria-label="Person">
        <Avatar name={customer.name} party={party} />
        <div class={styles.personWords}>
          <span class={styles.named}>
            <bdi class={styles.name}>{customer.name}</bdi>
            {!room && <IdentityMark isVerified={customer.isVerified} />}
          </span>
          {view?.email && (
            <span class={styles.email}>
              <MaskedValue
                conversationId={conversationId}
                field="email"
                what="email address"
                masked={view.email}
                revealed={revealed}
              />
            </span>
          )}
        </div>
      </section>
      {room ? (
        <Section name="In this room">
          <ul class={styles.members}>
            {room.members.map(({ id, name }) => (
              <li key={id}>
                <bdi>{name}</bdi>
              </li>
            ))}
          </ul>
        </Section>
      ) : (
        <Section name="Identity">
          <dl class={styles.facts}>
            <Fact label="Identity">{identityWords(customer.isVerified, me.value?.siteName).how}</Fact>
            <Fact label="Talks with">{subject.with.name}</Fact>
            <Fact label="Queue">{subject.queue.name}</Fact>
            {subject.topic && <Fact label="Topic">{subject.topic.label}</Fact>}
            {view?.visitor?.timeZone && (
              <Fact label="Local time">{localTime(view.visitor.timeZone, now.value)}</Fact>
            )}
            {view?.visitor?.locale && <Fact label="Language">{languageName(view.visitor.locale)}</Fact>}
          </dl>
        </Section>
      )}
      {dissatisfaction !== null && (
        <Section name="Tone">
          <dl class={styles.facts}>
            <Fact label="Customer">
              <Dissatisfaction of={dissatisfaction} />
              <span class="visually-hidden">. {dissatisfactionSentence(dissatisfaction)}</span>
            </Fact>
            {dissatisfaction.reasons.length > 0 && (
              <Fact label="Because of">{whyWords(dissatisfaction.reasons)}</Fact>
            )}
          </dl>
        </Section>
      )}
      {refusal !== null && (
        <div class={styles.failed} role="alert">
          <p>The rest could not be loaded. {refusalWords(refusal)}</p>
          <Button size="s" onClick={() => void load()}>
            Try again
          </Button>
        </div>
      )}
      {view === null && refusal === null && (
        <div class={styles.failed}>
          <Skeleton lines={3} />
        </div>
      )}
      {(about.order || about.product || about.page) && (
        <Section name={about.order ? orderName(about.order) : about.product ? 'Product' : 'Page'}>
          <dl class={styles.facts}>
            {about.order && (
              <Fact label="Order">
                {about.order.isVerified ? 'Confirmed by the shop' : 'As the page says, not confirmed'}
              </Fact>
            )}
            {about.product && (
              <Fact label="Product">
                {about.product.name ?? about.product.id}
                {about.product.price !== undefined && ` · ${about.product.price}`}
              </Fact>
            )}
            {about.page && (
              <Fact label="Page">
                <PageLink url={about.page.url} title={about.page.title} />
              </Fact>
            )}
            {view?.visitor?.page && view.visitor.page.url !== about.page?.url && (
              <Fact label="Now on">
                <PageLink url={view.visitor.page.url} title={view.visitor.page.title} />
              </Fact>
            )}
          </dl>
        </Section>
      )}
      {answers.length > 0 && (
        <Section name="Intake answers" count={answers.length}>
          <dl class={styles.facts}>
            {answers.map((answer) => (
              <Fact key={answer.fieldId} label={answer.label}>
                {answer.isMasked && canAsk ? (
                  <MaskedValue
                    conversationId={conversationId}
                    field={answer.fieldId}
                    what={`answer to “${answer.label}”`}
                    masked={answer.value}
                    revealed={revealed}
                  />
                ) : (
                  answer.value
                )}
              </Fact>
            ))}
          </dl>
        </Section>
      )}
      {(view?.orders.length ?? 0) > 0 && (
        <Section name="Orders" count={view?.orders.length}>
          <ul class={styles.orders}>
            {view?.orders.map((order) => (
              <li key={order.id}>{order.label}</li>
            ))}
          </ul>
        </Section>
      )}
      {view !== null && !room && (
        <Section name="Earlier conversations" count={earlier.length}>
          {earlier.length === 0 && <p class={styles.none}>This is the first.</p>}
          <ul>
            {earlier.map((past) => (
              <li key={past.conversationId}>
                <a
                  class={styles.past}
                  href={paths.conversation(past.status === 'closed' ? 'closed' : 'all', past.conversationId)}
                >
                  <span class={styles.pastTopic}>{past.topic || 'Conversation'}</span>
                  <span class={styles.pastWhen}>{shortDate(past.closedAt ?? past.startedAt, now.value)}</span>
                  <span class={styles.pastWith}>
                    With {past.with}, {past.status === 'closed' ? 'closed' : 'still open'}
                  </span>
                </a>
              </li>
            ))}
          </ul>
        </Section>
      )}
    </div>
  )
}

function Section({
  name,
  count,
  children,
}: {
  name: string
  count?: number | undefined
  children: ComponentChildren
}) {
  const memory = `section.${/^Order /.test(name) ? 'Order' : name}`
  const [isOpen] = useState(() => kept<boolean>(memory) ?? true)
  return (
    <details
      class={styles.section}
      open={isOpen}
      onToggle={(event) => keep(memory, event.currentTarget.open)}
    >
      <summary class={styles.summary}>
        <h3>{name}</h3>
        {count !== undefined && <span class={styles.count}>{count}</span>}
      </summary>
      {children}
    </details>
  )
}

function Fact({ label, children }: { label: string; children: ComponentChildren }) {
  return (
    <div class={styles.fact}>
      <dt>{label}</dt>
      <dd dir="auto">{children}</dd>
    </div>
  )
}

/** The address comes from a visitor: only http and https become a link. */
function PageLink({ url, title }: { url: string; title?: string | undefined }) {
  const isWeb = /^https?:\/\//i.test(url)
  const words = title ?? url.replace(/^https?:\/\//i, '')
  if (!isWeb) return <>{words}</>
  return (
    <a href={url} target="_blank" rel="noopener noreferrer nofollow ugc" title={url}>
      {words} <Icon node={ExternalLink} size={12} class={styles.out} />
    </a>
  )
}

function localTime(timeZone: string, at: number): string {
  try {
    const time = new Intl.DateTimeFormat('en-GB', { hour: '2-digit', minute: '2-digit', timeZone }).format(at)
    return `${time}, ${timeZone.split('/').at(-1)?.replaceAll('_', ' ')}`
  } catch {
    return timeZone
  }
}

function languageName(locale: string): string {
  try {
    return new Intl.DisplayNames('en', { type: 'language' }).of(locale) ?? locale
  } catch {
    return locale
  }
}
