import { enForm } from '../i18n/en-form.ts'
import { enOpening } from '../i18n/en-opening.ts'
import { addWords } from '../i18n/words.ts'
import formStyle from '../theme/form.css?inline'
import style from '../theme/opening.css?inline'
import { wear } from '../theme/wear.ts'
import { connection } from './connect.ts'
import { addLines } from './parts/icon.tsx'

addWords({ ...enForm, ...enOpening })
addLines({
  send: 'M10 16V4.5M5 9l5-5 5 5',
  clip: 'm14.5 9.5-5 5a3 3 0 0 1-4.3-4.3l6-6a2 2 0 0 1 2.9 2.9l-5.7 5.7a1 1 0 0 1-1.5-1.4l4.8-4.8',
  smile: 'M10 3a7 7 0 1 0 0 14 7 7 0 0 0 0-14M7 11.5c.7 1.3 1.8 2 3 2s2.3-.7 3-2M7.5 8v.1M12.5 8v.1',
  more: 'M4.5 9.5a.5.5 0 1 0 .01 0M10 9.5a.5.5 0 1 0 .01 0M15.5 9.5a.5.5 0 1 0 .01 0',
  alert: 'M10 3a7 7 0 1 0 0 14 7 7 0 0 0 0-14M10 6.5V11M10 13.4v.1',
  bag: 'M4.5 6.5h11l.7 10H3.8zM7 8.5V6a3 3 0 0 1 6 0v2.5',
})
wear(formStyle + style)

export function identify(): void {
  connection.reconnect()
}

export { begin } from './begin.ts'
export { refresh } from './inbox.ts'
export { Form } from './screens/form.tsx'
export { Opening } from './screens/opening.tsx'
