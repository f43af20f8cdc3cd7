import { enTakeAlong } from '../i18n/en-take-along.ts'
import { addWords } from '../i18n/words.ts'

addWords(enTakeAlong)

export { TakeAlong } from './parts/take-along.tsx'
