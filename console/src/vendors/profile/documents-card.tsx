import type { VendorDocument, VendorProfile } from '@parley/shared/protocol/vendors.ts'
import { useState } from 'preact/hooks'
import { ask } from '../../connection.ts'
import { Button } from '../../parts/button.tsx'
import { Field, Select } from '../../parts/field.tsx'
import { Table } from '../../parts/table.tsx'
import { DialogForm } from '../../settings/parts/dialog-form.tsx'
import { Card } from '../../settings/parts/page.tsx'
import { requestId } from '../../settings/parts/request-id.ts'
import { Tag } from '../../settings/parts/rows.tsx'
import { dayOf } from '../vendor-words.ts'
import styles from './profile.module.css'

export function DocumentsCard(props: { vendor: VendorProfile; onChange: (vendor: VendorProfile) => void }) {
  const { vendor } = props
  const [checked, setChecked] = useState<VendorDocument>()
  if (vendor.documents.length === 0) return null
  return (
    <Card
      title="Documents"
      aside={vendor.vettedUntilAt === null ? undefined : `Checked until ${dayOf(vendor.vettedUntilAt)}`}
      isFlush
    >
      <div class={styles.pad}>
        <Table<VendorDocument>
          caption="Documents"
          rows={vendor.documents}
          rowKey={({ documentId }) => documentId}
          columns={[
            {
              heading: 'Document',
              cell: ({ label, fileId, name }) => (
                <>
                  {label}
                  <span class={styles.formula}>
                    <a class={styles.link} href={`/api/v1/files/${fileId}`} target="_blank" rel="noopener">
                      {name}
                    </a>
                  </span>
                </>
              ),
            },
            { heading: 'Given', cell: ({ givenAt }) => dayOf(givenAt) },
            { heading: 'Expires', cell: ({ expiresOn }) => (expiresOn === null ? '—' : dayOf(expiresOn)) },
            { heading: 'State', cell: (document) => <DocumentState document={document} /> },
            {
              heading: 'Act',
              isHeadingHidden: true,
              align: 'end',
              cell: (document) => (
                <Button size="s" onClick={() => setChecked(document)}>
                  Check…<span class="visually-hidden"> {document.label}</span>
                </Button>
              ),
            },
          ]}
        />
      </div>
      {checked && (
        <CheckDialog
          vendorId={vendor.vendorId}
          document={checked}
          onClose={() => setChecked(undefined)}
          onChange={(changed) => {
            setChecked(undefined)
            props.onChange(changed)
          }}
        />
      )}
    </Card>
  )
}

function DocumentState({ document: { verdict, expiresOn } }: { document: VendorDocument }) {
  if (verdict === null) return <Tag tone="warn">Not checked</Tag>
  if (verdict === 'refused') return <Tag tone="bad">Not accepted</Tag>
  const isOver = expiresOn !== null && expiresOn < new Date().toISOString().slice(0, 10)
  return isOver ? <Tag tone="bad">Expired</Tag> : <Tag tone="good">Valid</Tag>
}

function CheckDialog(props: {
  vendorId: string
  document: VendorDocument
  onClose: () => void
  onChange: (vendor: VendorProfile) => void
}) {
  const { document } = props
  const [value, setValue] = useState({
    verdict: 'accepted' as 'accepted' | 'refused',
    expiresOn: document.expiresOn ?? '',
  })
  return (
    <DialogForm
      title={`Check: ${document.label}`}
      act="Save"
      value={value}
      check={() => ({})}
      save={async ({ verdict, expiresOn }) => {
        const outcome = await ask('checkVendorDocument', {
          requestId: requestId(),
          vendorId: props.vendorId,
          documentId: document.documentId,
          verdict,
          expiresOn: expiresOn === '' ? null : expiresOn,
        })
        if (outcome.ok) props.onChange(outcome.value)
        return outcome.ok ? null : outcome.refusal
      }}
      onClose={props.onClose}
    >
      {(error) => (
        <>
          <Select
            label="This document is"
            data-focus-first
            value={value.verdict}
            onChange={(event) =>
              setValue({ ...value, verdict: event.currentTarget.value as typeof value.verdict })
            }
          >
            <option value="accepted">Accepted</option>
            <option value="refused">Not accepted</option>
          </Select>
          <Field
            label="Expires on"
            type="date"
            help="Access ends with it, unless it is renewed. Leave it empty if it never expires."
            value={value.expiresOn}
            error={error('expiresOn')}
            onInput={(event) => setValue({ ...value, expiresOn: event.currentTarget.value })}
          />
        </>
      )}
    </DialogForm>
  )
}
