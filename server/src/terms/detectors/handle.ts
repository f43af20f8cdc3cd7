import { compilePhrases, findPhrases } from '../../words/index.ts'
import { type Detector, findingAt } from '../finding.ts'
import { moves } from '../lists/handles.ts'

const phrases = compilePhrases(moves)
const net =
  'whats ?app|telegramm?|instagram|insta|ig|facebook|fb|messenger|we ?chat|viber|snap(?:chat)?|tik ?tok|discord|skype|signal|kakao|line|threads|linkedin|zap'
const atName = /(?<![a-z0-9._@-])@[a-z][a-z0-9._]{2,40}(?![a-z0-9@])/g
const named = new RegExp(
  `(?<![a-z0-9-])(?:${net})(?: ?(?:is|id|name|handle|account|user(?:name)?|nick|to|est|es|e|ist|as|als|under))*(?: ?[:=-] ?| )@?([a-z0-9][a-z0-9._:#-]{2,40})`,
  'g',
)
const numbered =
  /(?<![a-z0-9])(?:whats ?app|telegram|viber|signal|zap|we ?chat)(?: (?:me|us|is|on|unter|auf|au|al|en|no))*[: ]{1,3}\(?\+?\d[\d ()./-]{6,20}|\d (?:on|via|auf|sur|en|su|no|op|na) (?:whats ?app|telegram|viber|signal|zap|we ?chat)/g
/** "My snap is katepots", not "my Skype is slow". */
const mine = new RegExp(
  `(?<![a-z0-9])(?:my|our|mein|unser|mon|notre|mi|nuestro|mio|nostro|meu|nosso|mijn|ons|moj|nasz) (?:${net})(?: is| ist| est| es| e| to)?:? (?!(?:not|down|broken|working|slow|full|off|blocked|new|private|ok|here|now|fine|problem|account|app|page|profile|post|feed|open|closed)(?![a-z]))[a-z0-9][a-z0-9._-]{4,40}(?=[.,!?]? ?$|[.,!?\n] )`,
  'gm',
)
const accountOn = new RegExp(
  `(?<![a-z0-9@])[a-z][a-z0-9]*[._][a-z0-9._]{2,30} (?:on|auf|sur|en|su|no|op|na) (?:${net})(?![a-z0-9])`,
  'g',
)
const netName = new RegExp(net)
const isAccount = /[a-z].*[\d_#]|[a-z][._:][a-z]|\d[a-z]/

export const findHandles: Detector = (draft) => {
  const { folded } = draft.reading
  const said = findPhrases(draft.words, phrases).map((span) =>
    findingAt(draft, span, { kind: 'handle', shape: 'invitation', certainty: 'likely' }),
  )
  const names = [...(folded.includes('@') ? folded.matchAll(atName) : [])].map((match) =>
    findingAt(
      draft,
      { start: match.index, end: match.index + match[0].length },
      { kind: 'handle', shape: 'atName' },
    ),
  )
  if (!netName.test(folded)) return [...names, ...said]
  const accounts = [...folded.matchAll(named)]
    .filter(([, account = '']) => isAccount.test(account.replace(/[.:]+$/, '')))
    .map((match) =>
      findingAt(
        draft,
        { start: match.index, end: match.index + match[0].length },
        { kind: 'handle', shape: 'named', certainty: 'likely' },
      ),
    )
  const numbers = [numbered, mine, accountOn]
    .flatMap((pattern) => [...folded.matchAll(pattern)])
    .map((match) =>
      findingAt(
        draft,
        { start: match.index, end: match.index + match[0].length },
        { kind: 'handle', shape: 'invitation', certainty: 'likely' },
      ),
    )
  return [...names, ...accounts, ...numbers, ...said]
}
