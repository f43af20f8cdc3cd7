import type { TermRules, TermRulesVersion } from '@parley/shared/protocol/terms.ts'
import { Link2 } from 'lucide'
import { useState } from 'preact/hooks'
import { ask } from '../../connection.ts'
import { Button } from '../../parts/button.tsx'
import { Select } from '../../parts/field.tsx'
import { Switch } from '../../parts/switch.tsx'
import { showToast } from '../../parts/toast.tsx'
import { Problem } from '../parts/confirm.tsx'
import { Card } from '../parts/page.tsx'
import { refusalWords } from '../parts/refusal-words.ts'
import { requestId } from '../parts/request-id.ts'
import { Row, Rows } from '../parts/rows.tsx'
import { useAsk } from '../parts/use-ask.ts'
import styles from './terms.module.css'

type LinksOff = TermRules['linksOff']

/** Each press is a version of its own, in force at once; Undo is another. */
export function LinksCard(props: {
  current: TermRulesVersion
  mayEdit: boolean
  onSaved: (version: TermRulesVersion) => void
}) {
  const { current, mayEdit, onSaved } = props
  const { linksOff } = current.rules
  const [problem, setProblem] = useState<string>()
  const listed = useAsk('listVendorProfiles', {})
  const vendors = listed.value?.vendors ?? []
  const nameOf = (vendorId: string) => vendors.find((one) => one.vendorId === vendorId)?.name ?? vendorId

  async function turn(to: LinksOff, words: string, from = current): Promise<void> {
    setProblem(undefined)
    const outcome = await ask('saveTermRules', {
      requestId: requestId(),
      from: from.version,
      rules: { ...from.rules, linksOff: to },
    })
    if (!outcome.ok) return setProblem(refusalWords(outcome.refusal))
    onSaved(outcome.value)
    const back = from.rules.linksOff
    if (from === current) showToast({ text: words, undo: () => void turn(back, 'Undone', outcome.value) })
  }
  const side = (name: 'vendors' | 'buyers') => (isOff: boolean) =>
    void turn({ ...linksOff, [name]: isOff }, `Links of ${name} are ${isOff ? 'off' : 'on'}`)
  const set = (vendorIds: string[], words: string) => void turn({ ...linksOff, vendorIds }, words)

  return (
    <Card title="Links off" aside="Saved at once">
      {problem !== undefined && <Problem>{problem}</Problem>}
      <Switch
        label="For all vendors"
        help="Every link a vendor writes is refused, whatever the rules below say."
        isOn={linksOff.vendors}
        disabled={!mayEdit}
        onChange={side('vendors')}
      />
      <Switch label="For all buyers" isOn={linksOff.buyers} disabled={!mayEdit} onChange={side('buyers')} />
      <div class={styles.named}>
        {linksOff.vendorIds.length > 0 && (
          <Rows label="Vendors without links">
            {linksOff.vendorIds.map((vendorId) => (
              <Row
                key={vendorId}
                title={nameOf(vendorId)}
                state="Links off"
                actions={
                  mayEdit && (
                    <Button
                      size="s"
                      icon={Link2}
                      aria-label={`Turn links of ${nameOf(vendorId)} on`}
                      onClick={() =>
                        set(
                          linksOff.vendorIds.filter((one) => one !== vendorId),
                          `Links of ${nameOf(vendorId)} are on`,
                        )
                      }
                    >
                      Turn on
                    </Button>
                  )
                }
              />
            ))}
          </Rows>
        )}
        {mayEdit && (
          <Select
            label="For one vendor"
            value=""
            onChange={(event) => {
              const vendorId = event.currentTarget.value
              event.currentTarget.value = ''
              set([...linksOff.vendorIds, vendorId], `Links of ${nameOf(vendorId)} are off`)
            }}
          >
            <option value="">Choose a vendor</option>
            {vendors
              .filter(({ vendorId }) => !linksOff.vendorIds.includes(vendorId))
              .map(({ vendorId, name }) => (
                <option key={vendorId} value={vendorId}>
                  {name}
                </option>
              ))}
          </Select>
        )}
      </div>
    </Card>
  )
}
