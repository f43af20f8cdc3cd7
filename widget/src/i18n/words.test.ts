import { afterEach, describe, expect, it, vi } from 'vitest'
import { clock } from '../panel/when.ts'
import { words as arabic, forms } from './ar.ts'
import { words as german } from './de.ts'
import { en } from './en.ts'
import { enEnded } from './en-ended.ts'
import { enFiles } from './en-files.ts'
import { enForm } from './en-form.ts'
import { enMenu } from './en-menu.ts'
import { enOpening } from './en-opening.ts'
import { enQueue } from './en-queue.ts'
import { enReport } from './en-report.ts'
import { enTakeAlong } from './en-take-along.ts'
import { enTalk } from './en-talk.ts'
import { enTerms } from './en-terms.ts'
import { words as spanish } from './es.ts'
import { words as french } from './fr.ts'
import { words as italian } from './it.ts'
import { words as dutch } from './nl.ts'
import { words as polish, forms as polishForms } from './pl.ts'
import { words as portuguese } from './pt.ts'
import { words as swedish } from './sv.ts'
import { addWords, locale, say, speak } from './words.ts'

const english: Record<string, string> = {
  ...en,
  ...enForm,
  ...enOpening,
  ...enTalk,
  ...enTakeAlong,
  ...enMenu,
  ...enQueue,
  ...enEnded,
  ...enReport,
  ...enFiles,
  ...enTerms,
}
const holes = (text: string) => [...new Set(text.match(/\{\d\}/g) ?? [])].sort()

describe('the words', () => {
  afterEach(() => vi.unstubAllGlobals())

  it('say one and many as English does, with their values in place', () => {
    addWords(enTalk)
    expect(say('newMessages', 1)).toBe('1 new message')
    expect(say('newMessages', 2)).toBe('2 new messages')
    expect(say('soldBy', 'Kiln & Thread')).toBe('sold by Kiln & Thread')
    expect(say('soldBy', '{0}$&')).toBe('sold by {0}$&')
  })

  // What reads the same without a word of English.
  const ofNoLanguage = ['uploading', 'bytes', 'kilobytes', 'megabytes', 'emoji', 'comma']

  it.each([
    ['German', german, 2],
    ['Arabic', arabic, forms.length],
    ['Spanish', spanish, 2],
    ['French', french, 2],
    ['Italian', italian, 2],
    ['Dutch', dutch, 2],
    ['Polish', polish, polishForms.length],
    ['Portuguese', portuguese, 2],
    ['Swedish', swedish, 2],
  ])('in %s leave out no sentence and no value, and have a form for each count', (_, words, count) => {
    const left = Object.keys(english).filter((key) => !(key in words))
    expect(ofNoLanguage).toEqual(expect.arrayContaining(left))
    for (const [key, text] of Object.entries(words)) {
      const original = english[key]
      expect(original, key).toBeDefined()
      const all = text.split('|')
      if (original?.includes('|')) expect(all, key).toHaveLength(count)
      else expect(all, key).toHaveLength(1)
      // A form for one or two may say the number in its word; nothing may ask for a value that is not given.
      const given = holes(original ?? '')
      for (const form of all) expect(given, key).toEqual(expect.arrayContaining(holes(form)))
      if (all.length === 1) expect(holes(text), key).toEqual(given)
    }
  })

  it('follow the first language there is, and fall back to English where a word is missing', async () => {
    const html = { lang: '', dir: '' }
    vi.stubGlobal('document', { documentElement: html })
    await speak(['', 'xx', 'ar-EG', 'de'])
    expect(html).toEqual({ lang: 'ar-EG', dir: 'rtl' })
    expect(say('who')).toBe('من يمكنه مساعدتك؟')
    expect(say('newMessages', 2)).toBe('رسالتان جديدتان')
    expect(say('newMessages', 3)).toBe('3 رسائل جديدة')
    addWords(enFiles)
    expect(say('uploading', 40)).toBe('40 %')
  })

  it('write times as the reader does where the page names the language alone', async () => {
    vi.stubGlobal('document', { documentElement: { lang: '', dir: '' } })
    await speak(['', 'en', 'de-DE', 'en-GB', 'en'])
    expect(locale).toBe('en-GB')
    expect(clock(new Date(2026, 10, 26, 13, 5))).toBe('13:05')
    expect(clock(new Date(2026, 10, 26, 0, 5))).toBe('00:05')
    await speak(['en', 'en-US'])
    expect(clock(new Date(2026, 10, 26, 13, 5))).toMatch(/^1:05\sPM$/)
    expect(clock(new Date(2026, 10, 26, 9, 5))).toMatch(/^9:05\sAM$/)
    await speak(['en'])
    expect(locale).toBe('en')
  })
})
