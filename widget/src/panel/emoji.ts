export { Picker } from './parts/emoji.tsx'
