import type { VendorRules, VendorRulesContent } from '@parley/shared/protocol/vendors.ts'
import { ask } from '../../connection.ts'
import { AskedView } from '../../settings/parts/asked-view.tsx'
import { FormFrame } from '../../settings/parts/form-frame.tsx'
import { requestId } from '../../settings/parts/request-id.ts'
import { type Asked, useAsk } from '../../settings/parts/use-ask.ts'
import { type Form, useForm } from '../../settings/parts/use-form.ts'
import { checkWish } from '../../settings/parts/wish-errors.ts'
import { UnsavedGuard } from '../../settings/unsaved-guard.tsx'
import { Frame } from '../frame.tsx'
import { markupOf, plainOf } from '../training/training-draft.ts'
import { AfterReviewCard } from './after-review-card.tsx'
import { ApplicationsCard } from './applications-card.tsx'
import { StandingRulesCard } from './standing-rules-card.tsx'

export type RulesForm = Form<VendorRulesContent>

export function RulesPage() {
  const asked = useAsk('viewVendorRules', {})
  return (
    <Frame
      title="Rules"
      place="rules"
      isNarrow
      intro="How somebody becomes a vendor, and what happens by itself when one no longer answers well."
    >
      <AskedView of={asked} lines={8}>
        {(saved) => <RulesFields saved={saved} asked={asked} />}
      </AskedView>
      <UnsavedGuard />
    </Frame>
  )
}

function RulesFields({ saved, asked }: { saved: VendorRules; asked: Asked<VendorRules> }) {
  const form = useForm<VendorRulesContent>({
    name: 'vendorRules',
    saved: withTypedTerms(saved.rules),
    check: (rules) =>
      withoutPrefix(checkWish('saveVendorRules', { requestId: 'unsent00', rules: asStored(rules) })),
    save: async (rules) => {
      const outcome = await ask('saveVendorRules', { requestId: requestId(), rules: asStored(rules) })
      if (outcome.ok) asked.put(outcome.value)
      return outcome.ok ? null : outcome.refusal
    },
  })
  return (
    <FormFrame form={form} isReadOnly={false}>
      <ApplicationsCard form={form} termsVersion={saved.termsVersion} />
      <AfterReviewCard form={form} />
      <StandingRulesCard form={form} />
    </FormFrame>
  )
}

function withTypedTerms(rules: VendorRulesContent): VendorRulesContent {
  const { applications } = rules
  return { ...rules, applications: { ...applications, terms: plainOf(applications.terms) } }
}

function asStored(rules: VendorRulesContent): VendorRulesContent {
  const { applications } = rules
  const terms = applications.terms.trim() === '' ? '' : markupOf(applications.terms)
  const categories = applications.categories.map((one) => one.trim()).filter(Boolean)
  return { ...rules, applications: { ...applications, terms, categories } }
}

/** The wish carries the rules inside `rules`; the form knows its fields without it. */
function withoutPrefix(errors: Record<string, string>): Record<string, string> {
  return Object.fromEntries(
    Object.entries(errors).map(([path, words]) => [path.replace(/^rules\./, ''), words]),
  )
}
