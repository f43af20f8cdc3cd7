export { planSealing, registerSealing } from './seal-fields.ts'
