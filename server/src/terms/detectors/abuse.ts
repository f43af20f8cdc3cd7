import { DataSet, englishDataset, englishRecommendedTransformers, RegExpMatcher } from 'obscenity'
import { compilePhrases, findPhrases } from '../../words/index.ts'
import { type Detector, findingAt } from '../finding.ts'
import { abusive } from '../lists/abuse.ts'
import { createCleanWords } from './clean-words.ts'

const phrases = compilePhrases(abusive)
/** Names, birds and anatomy: said on a marketplace without harm. */
const harmless = new Set([
  'dick',
  'cock',
  'tit',
  'boob',
  'penis',
  'vagina',
  'sex',
  'anal',
  'anus',
  'cum',
  'hentai',
  'jap',
  'lesbian',
  'porn',
  'bang',
  'nude',
  'orgasm',
  'semen',
  'erection',
  'deepthroat',
  'hooker',
  'kike',
  'ejaculate',
  'masturbate',
  'orgy',
  'rimming',
  'scat',
  'turd',
  'ass',
  'incest',
  'bestiality',
  'pedo',
  'loli',
  'arse',
])
const built = new DataSet<{ originalWord: string }>()
  .addAll(englishDataset)
  .removePhrasesIf(({ metadata }) => harmless.has(metadata?.originalWord ?? ''))
  .build()
const swearing = new RegExpMatcher({
  ...built,
  ...englishRecommendedTransformers,
  whitelistedTerms: [...(built.whitelistedTerms ?? []), 'shiitake', 'scunthorpe', 'cockpit'],
})
const cleanWords = createCleanWords((text) => swearing.hasMatch(text))
const starred =
  /(?<![a-z0-9])(?:f[*#@!$%-]{2,4}(?:ing|er)?|s[h*#@!$%][*#@!$%]t|b[*#@!$%]{1,2}tch|c[*#@!$%]{1,2}t)(?![a-z0-9])/g

export const findAbuse: Detector = (draft) => {
  const { folded } = draft.reading
  const said = findPhrases(draft.words, phrases).map((span) =>
    findingAt(draft, span, { kind: 'abuse', shape: span.label, certainty: 'likely' }),
  )
  const sworn = cleanWords.areAll(folded) ? [] : swearing.getAllMatches(folded)
  const hidden = [...(/[*#@!$%]/.test(folded) ? folded.matchAll(starred) : [])].map((match) =>
    findingAt(
      draft,
      { start: match.index, end: match.index + match[0].length },
      { kind: 'abuse', shape: 'starred', certainty: 'likely' },
    ),
  )
  return [
    ...said,
    ...sworn.map(({ startIndex, endIndex }) =>
      findingAt(
        draft,
        { start: startIndex, end: endIndex + 1 },
        { kind: 'abuse', shape: 'swearing', certainty: 'likely' },
      ),
    ),
    ...hidden,
  ]
}
