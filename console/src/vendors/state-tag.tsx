import { type VendorState, vendorStateWords } from '@parley/shared/vendors/life-cycle.ts'
import { Tag } from '../settings/parts/rows.tsx'
import { stateTones } from './vendor-words.ts'

export function StateTag({ state }: { state: VendorState }) {
  return <Tag tone={stateTones[state]}>{vendorStateWords[state]}</Tag>
}
