import type { IntakeField } from '@parley/shared/protocol/reading.ts'

export const typeWords: Record<IntakeField['type'], string> = {
  text: 'One line of text',
  longText: 'Several lines of text',
  email: 'E-mail address',
  choice: 'Choice from a list',
  topic: 'Topic',
  order: 'Order',
  role: 'Buyer or seller',
}
export const fieldTypes = Object.keys(typeWords) as IntakeField['type'][]

export const claimWords: Record<NonNullable<IntakeField['filledBy']>, string> = {
  name: 'Name',
  email: 'E-mail address',
  role: 'Buyer or seller',
  order: 'Order',
}
export const claims = Object.keys(claimWords) as NonNullable<IntakeField['filledBy']>[]

/** The short facts of a question, as its row tells them. */
export function factsOf(field: IntakeField): string {
  return [
    typeWords[field.type],
    field.isRequired ? 'required' : 'can be left empty',
    field.isPrivate && 'vendors never see it',
    field.filledBy !== undefined && 'known when signed in',
    (field.topics?.length ?? 0) > 0 && 'only for some topics',
  ]
    .filter(Boolean)
    .join(' · ')
}
