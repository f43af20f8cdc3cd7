import { describe, expect, it } from 'vitest'
import { fromPage } from './channel.ts'

const right = {
  kept: { token: 't' },
  said: [['identify', 'jwt']],
  shown: 1,
  lang: 'en',
  url: 'https://a.example/',
  title: 'A',
}

describe('what the panel accepts from the page', () => {
  it('is the whole state in the right shape', () => {
    expect(fromPage(right)).toBe(right)
    expect(fromPage({ ...right, said: [], kept: {}, shown: 0 })).toBeDefined()
  })

  it.each([
    ['nothing', undefined],
    ['a text', 'parley:hello'],
    ['a list', ['keep', 'token', 'x']],
    ['no storage', { ...right, kept: undefined }],
    ['storage that holds more than texts', { ...right, kept: { token: { a: 1 } } }],
    ['calls without a name', { ...right, said: [[{}]] }],
    ['calls that are no list', { ...right, said: 'identify' }],
    ['a state it does not know', { ...right, shown: 3 }],
    ['a title that is no text', { ...right, title: null }],
  ])('is not %s', (_, state) => {
    expect(fromPage(state)).toBeUndefined()
  })
})
