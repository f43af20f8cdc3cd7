import { enQueue } from '../i18n/en-queue.ts'
import { addWords } from '../i18n/words.ts'

addWords(enQueue)

export { Queue } from './parts/queue.tsx'
