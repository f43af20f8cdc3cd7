import { enFiles } from '../i18n/en-files.ts'
import { addWords } from '../i18n/words.ts'
import style from '../theme/files.css?inline'
import { wear } from '../theme/wear.ts'

addWords(enFiles)
wear(style)

export { Files } from './parts/files.tsx'
export { Uploads } from './parts/uploads.tsx'
