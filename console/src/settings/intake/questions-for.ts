import type { IntakeField, IntakeForm } from '@parley/shared/protocol/reading.ts'

/** What is left to ask for a topic, of a guest or of somebody whose signed identity tells the rest. */
export function questionsFor(form: IntakeForm, topicId: string | null, isSignedIn: boolean): IntakeField[] {
  return form.fields.filter((field) => {
    if (isSignedIn && field.filledBy !== undefined) return false
    const topics = field.topics ?? []
    return topics.length === 0 || (topicId !== null && topics.includes(topicId))
  })
}
