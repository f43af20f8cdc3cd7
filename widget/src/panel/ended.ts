import style from '../theme/ended.css?inline'
import { wear } from '../theme/wear.ts'

wear(style)

export { Foot } from './parts/ended-foot.tsx'
export { Rating } from './parts/rating.tsx'
