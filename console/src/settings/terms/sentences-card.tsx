import { standardSentences, type TermRules } from '@parley/shared/protocol/terms.ts'
import { TextArea } from '../../parts/field.tsx'
import { Card } from '../parts/page.tsx'
import { kindWords } from './term-words.ts'
import { refusedKinds } from './terms-draft.ts'
import type { TermsForm } from './terms-page.tsx'

/** One field for each kind that can be refused; what was written for another stays for the day it is. */
export function SentencesCard({ form, linksOff }: { form: TermsForm; linksOff: TermRules['linksOff'] }) {
  const kinds = refusedKinds(form.value, linksOff)
  if (kinds.length === 0) return null
  return (
    <Card title="What a refused writer is told" aside="Empty: the words in grey">
      {kinds.map((kind) => (
        <TextArea
          key={kind}
          label={kindWords[kind]}
          rows={2}
          maxLength={300}
          placeholder={standardSentences[kind]}
          value={form.value.sentences[kind] ?? ''}
          error={form.error(`sentences.${kind}`)}
          onInput={(event) =>
            form.change({ sentences: { ...form.value.sentences, [kind]: event.currentTarget.value } })
          }
        />
      ))}
    </Card>
  )
}
