import { expect, it } from 'vitest'
import { locales } from '../i18n/locales.ts'
import { wordsIn } from './words.ts'

const english = wordsIn(['en'])

it('speaks every language of the panel, and says “not now” as it does there', async () => {
  for (const [language, load] of Object.entries(locales)) {
    const words = wordsIn([language])
    expect(words, language).not.toEqual(english)
    expect(words[2], language).toBe((await load()).words.notNow)
    for (const word of words) expect(word, language).toMatch(/\S{2}/)
  }
})

it('takes the first language there is, and English where there is none', () => {
  expect(wordsIn([undefined, '', 'xx', 'DE-at', 'fr'])).toEqual(wordsIn(['de']))
  expect(wordsIn([undefined, 'constructor', 'xx'])).toEqual(english)
  expect(wordsIn([])).toEqual(english)
})
