import { enForm } from '../i18n/en-form.ts'
import { addWords } from '../i18n/words.ts'
import formStyle from '../theme/form.css?inline'
import { wear } from '../theme/wear.ts'

addWords(enForm)
wear(formStyle)

export { begin, start } from './begin.ts'
export { Form } from './screens/form.tsx'
