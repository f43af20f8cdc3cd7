import { useRoute } from 'preact-iso'
import { me } from '../session.ts'
import { OwnVendorPage } from './own/own-vendor.tsx'
import { VendorProfilePage } from './profile/vendor-profile.tsx'
import { RulesPage } from './rules/rules-page.tsx'
import { TrainingModules } from './training/training-modules.tsx'
import { VendorList } from './vendor-list.tsx'

/** Staff see every vendor; a vendor's people see their own. */
export function Vendors() {
  const { params } = useRoute()
  const whose = `${me.value?.siteId} ${me.value?.memberId}`
  if (me.value?.role === 'vendor') return <OwnVendorPage key={whose} />
  const { vendorId } = params
  if (vendorId === undefined || vendorId === '') return <VendorList key={whose} />
  if (vendorId === 'training') return <TrainingModules key={whose} />
  if (vendorId === 'rules') return <RulesPage key={whose} />
  return <VendorProfilePage key={`${whose} ${vendorId}`} vendorId={vendorId} />
}
