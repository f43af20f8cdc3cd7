import type { TermRulesVersion } from '@parley/shared/protocol/terms.ts'
import { ask } from '../../connection.ts'
import { TextArea } from '../../parts/field.tsx'
import { AskedView } from '../parts/asked-view.tsx'
import { FormFrame } from '../parts/form-frame.tsx'
import { may } from '../parts/may.ts'
import { Card, Page } from '../parts/page.tsx'
import { requestId } from '../parts/request-id.ts'
import { type Asked, useAsk } from '../parts/use-ask.ts'
import { type Form, useForm } from '../parts/use-form.ts'
import { checkWish } from '../parts/wish-errors.ts'
import { ActionsCards } from './actions-card.tsx'
import { LinksCard } from './links-card.tsx'
import { SentencesCard } from './sentences-card.tsx'
import { draftOf, linesOf, rulesOf, type TermsDraft } from './terms-draft.ts'
import { TryCard } from './try-card.tsx'
import { VersionsCard } from './versions-card.tsx'

export type TermsForm = Form<TermsDraft>
export type TermsPages = { versions: TermRulesVersion[]; before: number | null }

export function TermsPage() {
  const asked = useAsk('listTermRules', {})
  const mayEdit = may('termRules.configure')
  return (
    <Page
      title="Terms"
      intro="What happens to contact details, payments elsewhere and abuse between vendors and buyers. Conversations with support follow none of this but the blocked hosts. Card numbers are always masked, everywhere."
      readOnlyWords={mayEdit ? undefined : 'Only an admin can change these rules. You can try them below.'}
    >
      <AskedView of={asked} lines={10}>
        {(pages) => {
          const [current] = pages.versions
          return current && <Rules asked={asked} pages={pages} current={current} mayEdit={mayEdit} />
        }}
      </AskedView>
    </Page>
  )
}

interface RulesProps {
  asked: Asked<TermsPages>
  pages: TermsPages
  current: TermRulesVersion
  mayEdit: boolean
}

function Rules({ asked, pages, current, mayEdit }: RulesProps) {
  const { linksOff } = current.rules
  const add = (version: TermRulesVersion) => asked.put({ ...pages, versions: [version, ...pages.versions] })
  const wishOf = (draft: TermsDraft) => ({ from: current.version, rules: rulesOf(draft, linksOff) })
  const form = useForm<TermsDraft>({
    name: 'terms',
    saved: draftOf(current.rules),
    check: (draft) => withoutPrefix(checkWish('saveTermRules', { requestId: 'unsent00', ...wishOf(draft) })),
    async save(draft) {
      const outcome = await ask('saveTermRules', { requestId: requestId(), ...wishOf(draft) })
      if (outcome.ok) add(outcome.value)
      return outcome.ok ? null : outcome.refusal
    },
  })
  return (
    <>
      <LinksCard current={current} mayEdit={mayEdit} onSaved={add} />
      <FormFrame form={form} isReadOnly={!mayEdit}>
        <ActionsCards form={form} />
        <Card title="Key phrases">
          <TextArea
            label="Key phrases"
            isLabelHidden
            rows={4}
            help="One on each line. Capitals and punctuation do not matter."
            value={form.value.keyPhrases}
            error={phraseError(form)}
            onInput={(event) => form.change({ keyPhrases: event.currentTarget.value })}
          />
        </Card>
        <Card title="Blocked hosts">
          <TextArea
            label="Blocked hosts"
            isLabelHidden
            rows={4}
            help="One on each line: bad.example, with all below it. Nobody can send a link to them, support and staff included; what a vendor sent before stops where the buyer follows it."
            value={form.value.blockedHosts}
            error={hostError(form)}
            onInput={(event) => form.change({ blockedHosts: event.currentTarget.value })}
          />
        </Card>
        <SentencesCard form={form} linksOff={linksOff} />
      </FormFrame>
      <TryCard rules={rulesOf(form.value, linksOff)} />
      <VersionsCard
        pages={pages}
        onMore={(more) => asked.put({ versions: [...pages.versions, ...more.versions], before: more.before })}
        {...(mayEdit ? { onTake: (rules) => form.change(draftOf(rules)) } : {})}
      />
    </>
  )
}

/** Errors name the phrase by its number; the form has one field for all of them. */
function phraseError(form: TermsForm): string | undefined {
  const count = form.value.keyPhrases.split('\n').length
  const paths = ['keyPhrases', ...Array.from({ length: count }, (_, at) => `keyPhrases.${at}`)]
  return paths.map((path) => form.error(path)).find((words) => words !== undefined)
}

/** Names the line: of many, one is wrong. */
function hostError(form: TermsForm): string | undefined {
  const errors = linesOf(form.value.blockedHosts).map((line, at) => {
    const words = form.error(`blockedHosts.${at}`)
    return words === undefined ? undefined : `“${line}”: ${words}`
  })
  return form.error('blockedHosts') ?? errors.find((words) => words !== undefined)
}

function withoutPrefix(errors: Record<string, string>): Record<string, string> {
  return Object.fromEntries(
    Object.entries(errors).map(([path, words]) => [path.replace(/^rules\./, ''), words]),
  )
}
