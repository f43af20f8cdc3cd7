import type { IntakeForm } from '@parley/shared/protocol/reading.ts'
import type { SiteSettings, Topic } from '@parley/shared/protocol/settings.ts'

type Intake = SiteSettings['intake']

/** A question asked only for topics that go would be asked of everybody: that is for a person to decide. */
export function checkTopicUse(intake: Intake, topics: readonly Topic[]): Record<string, string> {
  const kept = new Set(topics.map((topic) => topic.id))
  const orphan = [...intake.support.fields, ...intake.vendor.fields].find(
    (field) => (field.topics?.length ?? 0) > 0 && !field.topics?.some((id) => kept.has(id)),
  )
  return orphan === undefined
    ? {}
    : {
        'intake.topics': `“${orphan.label}” is asked only for topics you remove. Change or remove that question in Intake forms first.`,
      }
}

/** Questions no longer name topics that are gone. */
export function withTopics(intake: Intake, topics: readonly Topic[]): Intake {
  const kept = new Set(topics.map((topic) => topic.id))
  const pruned = (form: IntakeForm): IntakeForm => ({
    ...form,
    fields: form.fields.map((field) =>
      field.topics === undefined ? field : { ...field, topics: field.topics.filter((id) => kept.has(id)) },
    ),
  })
  return { support: pruned(intake.support), vendor: pruned(intake.vendor) }
}
