import { type RuledKind, standardSentences } from '@parley/shared/protocol/terms.ts'
import { afterEach, describe, expect, it, vi } from 'vitest'
import { words as arabic } from '../i18n/ar.ts'
import { words as german } from '../i18n/de.ts'
import { enTalk } from '../i18n/en-talk.ts'
import { enTerms } from '../i18n/en-terms.ts'
import { words as spanish } from '../i18n/es.ts'
import { words as french } from '../i18n/fr.ts'
import { words as italian } from '../i18n/it.ts'
import { words as dutch } from '../i18n/nl.ts'
import { words as polish } from '../i18n/pl.ts'
import { words as portuguese } from '../i18n/pt.ts'
import { words as swedish } from '../i18n/sv.ts'
import { addWords, say, speak } from '../i18n/words.ts'
import { loadTerms, refusalText } from './refusal.ts'

describe('a refusal', () => {
  afterEach(() => vi.unstubAllGlobals())

  it('says why the terms refuse in every language, and the site’s own sentence before any', async () => {
    addWords(enTalk)
    vi.stubGlobal('document', { documentElement: { lang: '', dir: '' } })
    const reasons = Object.keys(enTerms) as (keyof typeof enTerms)[]
    expect(reasons).toEqual([
      ...Object.keys(standardSentences).map((kind) => `terms.${kind}`),
      'terms.staffName',
      'held.full',
    ])
    const refused = (reason: string) => refusalText({ code: 'notAllowed', reason })
    // Until the part is there, what is true of any refusal.
    expect(refused('terms.link')).toBe(say('notAllowed'))
    await loadTerms()
    for (const kind of Object.keys(standardSentences) as RuledKind[])
      expect(refused(`terms.${kind}`)).toBe(standardSentences[kind])
    for (const all of [german, arabic, spanish, french, italian, dutch, polish, portuguese, swedish])
      for (const reason of reasons) expect(all[reason], reason).toMatch(/\S{2}/)
    await speak(['de'])
    expect(refused('terms.link')).toBe(german['terms.link'])
    const words = 'Bei uns bitte ohne Links.'
    expect(refusalText({ code: 'notAllowed', reason: 'terms.link', words })).toBe(words)
  })
})
