import { en, type FirstWords } from './en.ts'
import type { EndedWords } from './en-ended.ts'
import type { FilesWords } from './en-files.ts'
import type { FormWords } from './en-form.ts'
import type { MenuWords } from './en-menu.ts'
import type { OpeningWords } from './en-opening.ts'
import type { QueueWords } from './en-queue.ts'
import type { ReportWords } from './en-report.ts'
import type { TakeAlongWords } from './en-take-along.ts'
import type { TalkWords } from './en-talk.ts'
import type { TermsWords } from './en-terms.ts'

export type Words = FirstWords &
  FormWords &
  OpeningWords &
  TalkWords &
  TakeAlongWords &
  MenuWords &
  QueueWords &
  EndedWords &
  ReportWords &
  FilesWords &
  TermsWords
export type Key = keyof Words

const words: Partial<Words> = { ...en }
export let locale = 'en'
let plurals = new Intl.PluralRules('en')
let forms: Intl.LDMLPluralRule[] = ['one', 'other']

/** The first language we have of those wished for; English needs no request, nor the list of the others. */
export async function speak(wished: readonly string[]): Promise<void> {
  // A page says “en”, its reader “en-GB”: times and dates are written the reader's way.
  const spoken = (language: string) =>
    wished.find((wish) => wish.length > 2 && wish.slice(0, 2).toLowerCase() === language) ?? language
  for (const wish of wished) {
    const language = wish.slice(0, 2).toLowerCase()
    if (!language) continue
    if (language === 'en') {
      locale = spoken(language)
      break
    }
    try {
      const load = (await import('./locales.ts')).locales[language]
      if (!load) continue
      const loaded = await load()
      Object.assign(words, loaded.words)
      forms = loaded.forms ?? forms
      locale = spoken(language)
      plurals = new Intl.PluralRules(locale)
      document.documentElement.dir = /^(ar|he|fa|ur)/.test(language) ? 'rtl' : 'ltr'
    } catch {
      // English is better than nothing.
    }
    break
  }
  document.documentElement.lang = locale
}

/** A later chunk brings its English; what a locale has already said stays. */
export function addWords(more: Partial<Words>): void {
  Object.assign(words, { ...more, ...words })
}

/** The words of a key, the form its first value asks for, with its values in place. */
export function say(key: Key, ...values: (string | number)[]): string {
  const [first] = values
  const all = (words[key] ?? '').split('|')
  const form = typeof first === 'number' && all.length > 1 ? forms.indexOf(plurals.select(first)) : 0
  return (all[form] ?? all.at(-1) ?? '').replace(/\{(\d)\}/g, (_, index) => `${values[index] ?? ''}`)
}
