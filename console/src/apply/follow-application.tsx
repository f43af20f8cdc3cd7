import type { Outcome } from '@parley/shared/protocol/answers.ts'
import type { Refusal } from '@parley/shared/protocol/refusals.ts'
import type { VendorState } from '@parley/shared/vendors/life-cycle.ts'
import { useEffect, useRef, useState } from 'preact/hooks'
import { Button } from '../parts/button.tsx'
import { TextArea } from '../parts/field.tsx'
import { paths } from '../paths.ts'
import { Problem, Warning } from '../settings/parts/confirm.tsx'
import { CopyField } from '../settings/parts/copy-field.tsx'
import { moment } from '../settings/parts/moments.ts'
import { Card } from '../settings/parts/page.tsx'
import { refusalWords } from '../settings/parts/refusal-words.ts'
import { Tag } from '../settings/parts/rows.tsx'
import { type ApplicantView, answer, applyAgain, giveDocument } from './application.ts'
import styles from './apply.module.css'

const words: Record<VendorState, { title: string; next: string }> = {
  applied: {
    title: 'Your application has arrived',
    next: 'Add the documents below. Somebody looks at it, and the answer stands here.',
  },
  underReview: {
    title: 'Your application is being looked at',
    next: 'You can still add documents and answer questions here.',
  },
  refused: {
    title: 'Your application was not accepted',
    next: 'You can change what was missing and send it again.',
  },
  training: { title: 'You are accepted', next: 'Sign in and pass the training; then you answer buyers.' },
  probation: { title: 'You are accepted', next: 'Sign in to answer buyers.' },
  active: { title: 'You are accepted', next: 'Sign in to answer buyers.' },
  restricted: { title: 'You are a vendor here', next: 'Sign in to see what is restricted, and why.' },
  suspended: { title: 'Your shop is suspended', next: 'Sign in to see why, and to appeal.' },
}

export function FollowApplication(props: {
  view: ApplicantView
  token: string
  /** Shown once, where no mail can be sent. */
  link: string | null
  onChange: (view: ApplicantView) => void
}) {
  const { view, token, link, onChange } = props
  const heading = useRef<HTMLHeadingElement>(null)
  const isOpen = view.state === 'applied' || view.state === 'underReview' || view.state === 'refused'
  useEffect(() => {
    if (link !== null) heading.current?.focus()
  }, [link])
  return (
    <>
      <h1 ref={heading} tabIndex={-1} class={styles.title}>
        {words[view.state].title}
      </h1>
      <p class={styles.intro}>
        {view.application.company}, {view.application.contactName}. {words[view.state].next}
      </p>
      {link !== null && (
        <Card title="Keep this link">
          <CopyField label="Your application" text={link} />
          <Warning>It is shown this once. Whoever has it sees and changes your application.</Warning>
        </Card>
      )}
      {view.reason !== null && (
        <Card title="The reason">
          <blockquote class={styles.words}>{view.reason}</blockquote>
        </Card>
      )}
      {!isOpen && (
        <div class={styles.buttons}>
          <a href={paths.signIn}>Sign in</a>
        </div>
      )}
      {isOpen && <Documents view={view} token={token} onChange={onChange} />}
      {(view.application.talk.length > 0 || isOpen) && (
        <Talk view={view} token={token} isOpen={isOpen} onChange={onChange} />
      )}
    </>
  )
}

function Documents(props: { view: ApplicantView; token: string; onChange: (view: ApplicantView) => void }) {
  const { view, token } = props
  const [refusal, setRefusal] = useState<Refusal>()
  const [busy, setBusy] = useState<string>()
  async function choose(kind: string, input: HTMLInputElement): Promise<void> {
    const file = input.files?.[0]
    if (!file) return
    setRefusal(undefined)
    setBusy(kind)
    const outcome = await giveDocument(token, kind, file)
    setBusy(undefined)
    input.value = ''
    if (outcome.ok) props.onChange(outcome.value)
    else setRefusal(outcome.refusal)
  }
  if (view.documents.length === 0) return null
  return (
    <Card title="Documents">
      <p class={styles.quiet}>
        Pictures or PDF, 25 MB at most. Only the staff of {view.siteName} opens them.
      </p>
      {view.documents.map(({ id, label, isRequired }) => (
        <div key={id} class={styles.document}>
          <label class={styles.choose}>
            <span>
              {label}
              {isRequired ? '' : ' (if you have it)'}
            </span>
            <input
              type="file"
              accept="image/*,application/pdf"
              disabled={busy !== undefined}
              onChange={(event) => void choose(id, event.currentTarget)}
            />
          </label>
          <span role="status">
            {busy === id
              ? 'Sending…'
              : view.given
                  .filter((one) => one.label === label)
                  .map((one) => (
                    <Tag key={one.givenAt} tone={toneOf(one.verdict)}>
                      {one.name}
                      {wordsOf(one.verdict)}
                    </Tag>
                  ))}
          </span>
        </div>
      ))}
      {refusal && <Problem>{refusalWords(refusal)}</Problem>}
    </Card>
  )
}

function toneOf(verdict: string | null): 'plain' | 'good' | 'bad' {
  return verdict === 'accepted' ? 'good' : verdict === 'refused' ? 'bad' : 'plain'
}

function wordsOf(verdict: string | null): string {
  return verdict === 'accepted' ? ', accepted' : verdict === 'refused' ? ', not accepted' : ', received'
}

function Talk(props: {
  view: ApplicantView
  token: string
  isOpen: boolean
  onChange: (view: ApplicantView) => void
}) {
  const { view, token } = props
  const [text, setText] = useState('')
  const [refusal, setRefusal] = useState<Refusal>()
  const [isBusy, setBusy] = useState(false)
  const isRefused = view.state === 'refused'

  async function send(event: Event): Promise<void> {
    event.preventDefault()
    if (text.trim() === '' || isBusy) return
    setBusy(true)
    const outcome: Outcome<ApplicantView> = isRefused
      ? await applyAgain(token, text)
      : await answer(token, text)
    setBusy(false)
    if (!outcome.ok) return setRefusal(outcome.refusal)
    setText('')
    setRefusal(undefined)
    props.onChange(outcome.value)
  }

  return (
    <Card title={isRefused ? 'Apply again' : 'Questions and answers'}>
      {view.application.talk.length > 0 && (
        <div class={styles.talk}>
          {view.application.talk.map((word) => (
            <div key={word.at}>
              <p class={styles.quiet}>
                {word.by}, {moment(word.at)}
              </p>
              <blockquote class={styles.words}>{word.text}</blockquote>
            </div>
          ))}
        </div>
      )}
      {props.isOpen && (
        <form class={styles.form} onSubmit={(event) => void send(event)}>
          <TextArea
            label={isRefused ? 'What has changed?' : view.isAsked ? 'Your answer' : 'Something to add?'}
            rows={3}
            maxLength={4000}
            value={text}
            onInput={(event) => setText(event.currentTarget.value)}
          />
          {refusal && <Problem>{refusalWords(refusal)}</Problem>}
          <div class={styles.buttons}>
            <Button type="submit" variant={view.isAsked || isRefused ? 'primary' : 'plain'} isBusy={isBusy}>
              {isRefused ? 'Send it again' : 'Send'}
            </Button>
          </div>
        </form>
      )}
    </Card>
  )
}
