import { enMenu } from '../i18n/en-menu.ts'
import { addWords } from '../i18n/words.ts'
import style from '../theme/menu.css?inline'
import { wear } from '../theme/wear.ts'

addWords(enMenu)
wear(style)

export { Items } from './parts/menu-items.tsx'
