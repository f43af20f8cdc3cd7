import style from '../theme/report.css?inline'
import { wear } from '../theme/wear.ts'

wear(style)

export { Report } from './parts/report.tsx'
