import type { IntakeField } from '@parley/shared/protocol/reading.ts'
import type { Topic } from '@parley/shared/protocol/settings.ts'
import { describe, expect, it } from 'vitest'
import { checkTopicUse, withTopics } from './topic-use.ts'

const topic = (id: string): Topic => ({ id, label: id, queueId: null, for: 'both' })
const field = (id: string, topics?: string[]): IntakeField => ({
  id,
  label: `Question ${id}`,
  type: 'text',
  isRequired: false,
  isPrivate: false,
  ...(topics === undefined ? {} : { topics }),
})
const intake = {
  support: { fields: [field('photo', ['damaged', 'return']), field('text')] },
  vendor: { fields: [field('size', ['product'])] },
}

describe('removing a topic', () => {
  it('takes it from the questions that ask for it besides others', () => {
    const left = withTopics(intake, [topic('return'), topic('product')])
    expect(left.support.fields[0]?.topics).toEqual(['return'])
    expect(left.support.fields[1]).not.toHaveProperty('topics')
    expect(checkTopicUse(intake, [topic('return'), topic('product')])).toEqual({})
  })

  it('is stopped where a question would then be asked of everybody, and names the question', () => {
    const errors = checkTopicUse(intake, [topic('damaged'), topic('return')])
    expect(Object.values(errors)[0]).toMatch(/“Question size”/)
  })
})
