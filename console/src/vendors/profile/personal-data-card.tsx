import type { VendorProfile } from '@parley/shared/protocol/vendors.ts'
import { Download } from 'lucide'
import { useState } from 'preact/hooks'
import { Button } from '../../parts/button.tsx'
import { showToast } from '../../parts/toast.tsx'
import { may } from '../../settings/parts/may.ts'
import { Card } from '../../settings/parts/page.tsx'
import { saveFrom } from '../../settings/parts/save-file.ts'
import { EraseApplicantDialog } from './erase-applicant-dialog.tsx'
import styles from './profile.module.css'

/** What somebody gave who applied: theirs to have, and to have erased once nobody of theirs signs in. */
export function PersonalDataCard({ vendor, onErased }: { vendor: VendorProfile; onErased: () => void }) {
  const [isErasing, setErasing] = useState(false)
  const { application, people, vendorId } = vendor
  if (!application || !may('person.erase')) return null
  const { isErased } = application
  const take = () => saveFrom(`/api/v1/applicants/${encodeURIComponent(vendorId)}/export`)
  return (
    <Card title="Personal data">
      <p class={styles.quiet}>
        {isErased
          ? 'Erased. What is left says that somebody applied, when, and what was decided.'
          : people.length > 0
            ? 'What the applicant told and the documents. To erase it, first disable and erase this vendor’s people under Team.'
            : 'What the applicant told, what was said about it, and the documents.'}
      </p>
      {!isErased && (
        <div class={styles.buttons}>
          <Button icon={Download} onClick={take}>
            Export
          </Button>
          {people.length === 0 && (
            <Button variant="danger" onClick={() => setErasing(true)}>
              Erase…
            </Button>
          )}
        </div>
      )}
      {isErasing && (
        <EraseApplicantDialog
          vendor={vendor}
          onExport={take}
          onClose={() => setErasing(false)}
          onErased={() => {
            setErasing(false)
            showToast({ text: 'Erased' })
            onErased()
          }}
        />
      )}
    </Card>
  )
}
