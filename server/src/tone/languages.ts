import { compilePhrases, type Phrases, plainWords, type Word } from '../words/index.ts'
import { dutch } from './lists/dutch.ts'
import { english } from './lists/english.ts'
import { french } from './lists/french.ts'
import { german } from './lists/german.ts'
import { italian } from './lists/italian.ts'
import { polish } from './lists/polish.ts'
import { portuguese } from './lists/portuguese.ts'
import { russian } from './lists/russian.ts'
import { spanish } from './lists/spanish.ts'
import { swedish } from './lists/swedish.ts'

interface Language {
  phrases: Phrases
  /** Small words by which the language is known. */
  smallWords: ReadonlySet<string>
  /** Turn what follows within two words into its opposite. */
  negators: ReadonlySet<string>
}

function language(list: string, smallWords: string, negators: string): Language {
  return {
    phrases: compilePhrases(list),
    smallWords: new Set(plainWords(smallWords)),
    negators: new Set(plainWords(negators)),
  }
}

export const languages: readonly Language[] = [
  language(
    english,
    'the is are i you my it this that to of and have has not do does what with for your was were be been can will me we',
    'not no never without hardly don doesn isn wasn didn aren',
  ),
  language(
    german,
    'der die das ist ich sie mein meine und nicht ein eine es wie mit für auf habe hat ihr wir war den dem zu kein bin',
    'nicht kein keine keinen nie ohne weder',
  ),
  language(
    french,
    'le la les est je vous mon ma et pas un une de des ce que pour avec sur ai nous ne du en c j suis plus',
    'pas jamais sans aucun aucune ni',
  ),
  language(
    spanish,
    'el la los es yo mi y no un una de que para con por está en se lo estoy le ya su muy una sois',
    'no nunca sin ningún ninguna ni',
  ),
  language(
    italian,
    'il la lo è io mio mia e non un una di che per con sono gli le del ho da si in della siete',
    'non mai senza nessun nessuna',
  ),
  language(
    portuguese,
    'o a os é eu meu minha e não um uma de que para com por está em se do da estou já muito vocês isto',
    'não nunca sem nenhum nenhuma',
  ),
  language(
    dutch,
    'de het een is ik jullie mijn en niet van dat met voor op heb heeft zijn was er te dit ben wat',
    'niet geen nooit zonder',
  ),
  language(
    polish,
    'i nie jest to moje mój moja na w z do się że jak co ja czy już jestem mam za po',
    'nie bez nigdy żaden',
  ),
  language(
    swedish,
    'jag är det en ett och inte min mitt att på för med har ni du av den vi var så',
    'inte ingen inga utan aldrig',
  ),
  language(russian, 'я не и в на что мой моя мне вы это как с у уже где к за', 'не без нет'),
]

/** Those whose small words stand in the message; all of them when it has none: "top" and "fatal" are words of many. */
export function likelyLanguages(words: readonly Word[]): readonly Language[] {
  const counts = languages.map(({ smallWords }) => words.filter(({ word }) => smallWords.has(word)).length)
  const most = Math.max(...counts)
  return most === 0 ? languages : languages.filter((_, index) => (counts[index] ?? 0) * 2 > most)
}
