import type { IntakeField } from '@parley/shared/protocol/reading.ts'
import { describe, expect, it } from 'vitest'
import { questionsFor } from './questions-for.ts'

const field = (id: string, more: Partial<IntakeField> = {}): IntakeField => ({
  id,
  label: id,
  type: 'text',
  isRequired: false,
  isPrivate: false,
  ...more,
})
const form = {
  fields: [
    field('name', { filledBy: 'name' }),
    field('topic', { type: 'topic' }),
    field('photo', { topics: ['damaged'] }),
    field('text'),
  ],
}
const idsFor = (topicId: string | null, isSignedIn: boolean) =>
  questionsFor(form, topicId, isSignedIn).map((one) => one.id)

describe('the questions left to ask', () => {
  it('are not those the signed identity answers', () => {
    expect(idsFor(null, false)).toEqual(['name', 'topic', 'text'])
    expect(idsFor(null, true)).toEqual(['topic', 'text'])
  })

  it('of one topic follow when that topic is chosen', () => {
    expect(idsFor('damaged', false)).toEqual(['name', 'topic', 'photo', 'text'])
    expect(idsFor('delivery', false)).toEqual(['name', 'topic', 'text'])
  })
})
