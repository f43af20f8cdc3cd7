import type { Refusal } from '@parley/shared/protocol/refusals.ts'
import { useRef, useState } from 'preact/hooks'
import { Button } from '../parts/button.tsx'
import { Field, TextArea } from '../parts/field.tsx'
import { safeMarkup } from '../settings/appearance/safe-markup.tsx'
import { Problem } from '../settings/parts/confirm.tsx'
import { Card } from '../settings/parts/page.tsx'
import { refusalWords } from '../settings/parts/refusal-words.ts'
import { checkEmail } from '../sign-in/check-credentials.ts'
import { type ApplicationForm, keepToken, sendApplication } from './application.ts'
import styles from './apply.module.css'

interface Draft {
  company: string
  contactName: string
  email: string
  phone: string
  website: string
  about: string
  categories: string[]
  isAgreed: boolean
}

export function ApplicationPage(props: {
  form: ApplicationForm
  siteKey: string
  onSent: (sent: { token: string; link: string | null }) => void
}) {
  const { form, siteKey } = props
  const [draft, setDraft] = useState<Draft>({
    company: '',
    contactName: '',
    email: '',
    phone: '',
    website: '',
    about: '',
    categories: [],
    isAgreed: false,
  })
  const [hasTried, setTried] = useState(false)
  const [refusal, setRefusal] = useState<Refusal>()
  const [isBusy, setBusy] = useState(false)
  const element = useRef<HTMLFormElement>(null)
  const change = (patch: Partial<Draft>) => {
    setRefusal(undefined)
    setDraft({ ...draft, ...patch })
  }
  const found = wrongIn(draft, form)
  const error = (name: keyof Draft) =>
    refusal?.field === name ? refusalWords(refusal) : hasTried ? found[name] : undefined

  async function send(event: Event): Promise<void> {
    event.preventDefault()
    setTried(true)
    if (isBusy) return
    if (Object.keys(found).length === 0) {
      setBusy(true)
      const outcome = await sendApplication(asWish(draft, siteKey, form.termsVersion))
      setBusy(false)
      if (outcome.ok) {
        keepToken(siteKey, outcome.value.token)
        return props.onSent(outcome.value)
      }
      setRefusal(outcome.refusal)
    }
    requestAnimationFrame(() => element.current?.querySelector<HTMLElement>('[aria-invalid="true"]')?.focus())
  }

  const field = (name: 'company' | 'contactName' | 'email' | 'phone' | 'website') => ({
    value: draft[name],
    error: error(name),
    onInput: (event: { currentTarget: HTMLInputElement }) => change({ [name]: event.currentTarget.value }),
  })
  return (
    <>
      <h1 class={styles.title}>Sell at {form.siteName}</h1>
      <p class={styles.intro}>
        Tell us who you are and what you make. Somebody reads it, asks back if something is missing, and
        answers. You can add documents after you have sent it.
      </p>
      <form ref={element} class={styles.form} noValidate onSubmit={(event) => void send(event)}>
        <Card title="Your shop">
          <Field label="Shop or company" autocomplete="organization" maxLength={80} {...field('company')} />
          <TextArea
            label="What do you make or sell?"
            rows={4}
            maxLength={4000}
            value={draft.about}
            error={error('about')}
            onInput={(event) => change({ about: event.currentTarget.value })}
          />
          {form.categories.length > 0 && (
            <fieldset class={styles.group}>
              <legend>Categories</legend>
              {form.categories.map((category) => (
                <label key={category} class={styles.check}>
                  <input
                    type="checkbox"
                    checked={draft.categories.includes(category)}
                    onChange={(event) =>
                      change({
                        categories: event.currentTarget.checked
                          ? [...draft.categories, category]
                          : draft.categories.filter((one) => one !== category),
                      })
                    }
                  />
                  {category}
                </label>
              ))}
            </fieldset>
          )}
          <Field
            label="Website, if you have one"
            type="url"
            inputMode="url"
            placeholder="https://"
            maxLength={300}
            {...field('website')}
          />
        </Card>
        <Card title="Who we talk to">
          <Field label="Name" autocomplete="name" maxLength={80} {...field('contactName')} />
          <div class={styles.pair}>
            <Field
              label="E-mail"
              type="email"
              autocomplete="email"
              spellcheck={false}
              maxLength={254}
              {...field('email')}
            />
            <Field
              label="Phone, if you like"
              type="tel"
              autocomplete="tel"
              maxLength={40}
              {...field('phone')}
            />
          </div>
        </Card>
        <Card title="Terms" aside={`Version ${form.termsVersion}`}>
          {form.terms !== '' && (
            // biome-ignore lint/a11y/noNoninteractiveTabindex: what scrolls must be reachable by keyboard
            <section class={styles.terms} tabIndex={0} aria-label="Terms">
              {safeMarkup(form.terms)}
            </section>
          )}
          <label class={styles.check}>
            <input
              type="checkbox"
              checked={draft.isAgreed}
              aria-invalid={error('isAgreed') !== undefined || undefined}
              onChange={(event) => change({ isAgreed: event.currentTarget.checked })}
            />
            I have read these terms and accept them
          </label>
          {error('isAgreed') !== undefined && <Problem>{error('isAgreed')}</Problem>}
        </Card>
        {refusal && !(refusal.field && refusal.field in draft) && <Problem>{refusalWords(refusal)}</Problem>}
        <div class={styles.buttons}>
          <Button type="submit" variant="primary" isBusy={isBusy}>
            Send the application
          </Button>
        </div>
      </form>
    </>
  )
}

function wrongIn(draft: Draft, form: ApplicationForm): Partial<Record<keyof Draft, string>> {
  const wrong: Partial<Record<keyof Draft, string>> = {}
  if (draft.company.trim() === '') wrong.company = 'Write the name of your shop.'
  if (draft.about.trim() === '') wrong.about = 'Write a sentence or two.'
  if (draft.contactName.trim() === '') wrong.contactName = 'Write whom we answer.'
  const email = checkEmail(draft.email)
  if (email !== undefined) wrong.email = email
  if (draft.website.trim() !== '' && !/^https?:\/\/\S+\.\S+/.test(draft.website.trim()))
    wrong.website = 'Write it whole. Example: https://shop.example'
  if (!draft.isAgreed) wrong.isAgreed = `Nobody sells at ${form.siteName} without them.`
  return wrong
}

function asWish(draft: Draft, siteKey: string, termsVersion: number): object {
  const { isAgreed: _isAgreed, phone, website, ...told } = draft
  return {
    siteKey,
    termsVersion,
    ...told,
    email: told.email.trim(),
    ...(phone.trim() === '' ? {} : { phone: phone.trim() }),
    ...(website.trim() === '' ? {} : { website: website.trim() }),
  }
}
