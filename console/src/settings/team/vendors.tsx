import type { VendorSettings } from '@parley/shared/protocol/settings.ts'
import { Pencil, Plus, Store } from 'lucide'
import { useState } from 'preact/hooks'
import { Avatar } from '../../parts/avatar.tsx'
import { Button } from '../../parts/button.tsx'
import { Empty } from '../../parts/empty.tsx'
import { IconButton } from '../../parts/icon-button.tsx'
import { showToast } from '../../parts/toast.tsx'
import { AskedView } from '../parts/asked-view.tsx'
import { may } from '../parts/may.ts'
import { Card, Page } from '../parts/page.tsx'
import { Row, Rows, Tag } from '../parts/rows.tsx'
import { useAsk } from '../parts/use-ask.ts'
import { VendorDialog } from './vendor-dialog.tsx'

export function Vendors() {
  const asked = useAsk('listVendors', {})
  const [edited, setEdited] = useState<VendorSettings | 'new'>()
  const mayEdit = may('vendor.manage')
  const add = mayEdit && (
    <Button variant="primary" icon={Plus} onClick={() => setEdited('new')}>
      Add a vendor
    </Button>
  )
  return (
    <Page
      title="Vendors"
      intro="The sellers of your marketplace. Each has a queue that only its own members answer."
      readOnlyWords={mayEdit ? undefined : 'Only an admin can change vendors.'}
      actions={add}
    >
      <AskedView of={asked} lines={5}>
        {({ vendors }) =>
          vendors.length === 0 ? (
            <Empty icon={Store} title="No vendors yet" actions={add}>
              Buyers can write to the marketplace only.
            </Empty>
          ) : (
            <Card title="Vendors" aside={`${vendors.length}`} isFlush>
              <Rows label="Vendors">
                {vendors.map((vendor) => (
                  <Row
                    key={vendor.vendorId}
                    lead={<Avatar name={vendor.name} party="vendor" hasBadge={false} />}
                    title={vendor.name}
                    detail={`In your shop: ${vendor.externalId}`}
                    state={
                      <Tag tone={vendor.isActive ? 'good' : 'plain'}>
                        {vendor.isActive ? 'Active' : 'Not active'}
                      </Tag>
                    }
                    actions={
                      mayEdit && (
                        <IconButton
                          icon={Pencil}
                          label={`Edit ${vendor.name}`}
                          onClick={() => setEdited(vendor)}
                        />
                      )
                    }
                  />
                ))}
              </Rows>
            </Card>
          )
        }
      </AskedView>
      {edited !== undefined && (
        <VendorDialog
          vendor={edited === 'new' ? undefined : edited}
          onClose={() => setEdited(undefined)}
          onSaved={(saved) => {
            const before = asked.value?.vendors ?? []
            const isNew = !before.some((vendor) => vendor.vendorId === saved.vendorId)
            asked.put({
              vendors: isNew
                ? [...before, saved]
                : before.map((vendor) => (vendor.vendorId === saved.vendorId ? saved : vendor)),
            })
            setEdited(undefined)
            showToast({ text: `${saved.name} is saved` })
          }}
        />
      )}
    </Page>
  )
}
