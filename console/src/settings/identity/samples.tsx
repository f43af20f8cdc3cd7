import { useState } from 'preact/hooks'
import { Tabs } from '../../parts/tabs.tsx'
import { CopyField } from '../parts/copy-field.tsx'
import { Card } from '../parts/page.tsx'
import { codeSample, type KeyAlgorithm, type SampleLanguage, sampleLanguages } from './code-samples.ts'
import styles from './samples.module.css'

/** How a server signs, in the languages shops are written in; nothing to install. */
export function Samples(props: {
  kid: string | undefined
  algorithm: KeyAlgorithm | undefined
  siteKey: string | undefined
}) {
  const [language, setLanguage] = useState<SampleLanguage>('node')
  const text = codeSample(language, props.algorithm ?? 'HS256', {
    kid: props.kid ?? 'YOUR_KEY_ID',
    siteKey: props.siteKey ?? 'YOUR_SITE_KEY',
  })
  return (
    <Card title="Sign on your server">
      <ul class={styles.rules}>
        <li>Sign a fresh token for each page; it may live ten minutes at most.</li>
        <li>
          <code>sub</code> is your own lasting id of the person. An e-mail address can change hands; an id
          cannot.
        </li>
        <li>
          <code>orders</code> is the list a person may talk about; <code>vendorIds</code> are your own vendor
          ids.
        </li>
        <li>
          For a vendor, set <code>role</code> to <code>vendor</code> and add <code>vendorId</code>.
        </li>
      </ul>
      <Tabs
        label="Language"
        tabs={sampleLanguages}
        selected={language}
        onSelect={setLanguage}
        controls="code-sample"
      />
      <div id="code-sample" role="tabpanel" aria-label="Code sample">
        <CopyField
          label={sampleLanguages.find((one) => one.id === language)?.label ?? ''}
          text={text}
          isMultiline
        />
      </div>
    </Card>
  )
}
