import style from '../theme/files.css?inline'
import { wear } from '../theme/wear.ts'

wear(style)

export { Files } from './parts/files.tsx'
export { Uploads } from './parts/uploads.tsx'
