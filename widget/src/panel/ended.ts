import { enEnded } from '../i18n/en-ended.ts'
import { addWords } from '../i18n/words.ts'
import style from '../theme/ended.css?inline'
import { wear } from '../theme/wear.ts'

addWords(enEnded)
wear(style)

export { Foot } from './parts/ended-foot.tsx'
export { Rating } from './parts/rating.tsx'
