import { describe, expect, it } from 'vitest'
import { fromPage } from './channel.ts'

const right = [{ token: 't' }, [['identify', 'jwt']], 1, 'en', 'https://a.example/', 'A']
const but = (at: number, value: unknown) => right.with(at, value as string)

describe('what the panel accepts from the page', () => {
  it('is the whole state in the right shape', () => {
    expect(fromPage(right)).toBe(right)
    expect(fromPage([{}, [], 0, '', '', ''])).toBeDefined()
  })

  it.each([
    ['nothing', undefined],
    ['a text', 'parley:hello'],
    ['a list of something else', ['keep', 'token', 'x']],
    ['more than it knows', [...right, 'more']],
    ['no storage', but(0, undefined)],
    ['storage that holds more than texts', but(0, { token: { a: 1 } })],
    ['calls without a name', but(1, [[{}]])],
    ['calls that are no list', but(1, 'identify')],
    ['a state it does not know', but(2, 3)],
    ['a title that is no text', but(5, null)],
  ])('is not %s', (_, state) => {
    expect(fromPage(state)).toBeUndefined()
  })
})
