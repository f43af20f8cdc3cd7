import { enReport } from '../i18n/en-report.ts'
import { addWords } from '../i18n/words.ts'
import style from '../theme/report.css?inline'
import { wear } from '../theme/wear.ts'

addWords(enReport)
wear(style)

export { Report } from './parts/report.tsx'
