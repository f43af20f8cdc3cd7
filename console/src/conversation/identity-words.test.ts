import { expect, it } from 'vitest'
import { identityWords } from './identity-words.ts'

it('who has signed in at the shop is verified, and everybody else is a guest', () => {
  expect(identityWords(true, 'Marlow')).toEqual({ word: 'Verified', how: 'Signed in at Marlow' })
  expect(identityWords(true, undefined).how).toBe('Signed in at the shop')
  expect(identityWords(false, 'Marlow')).toEqual({ word: 'Guest', how: 'Not signed in, not verified' })
})
