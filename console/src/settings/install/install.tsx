import { AskedView } from '../parts/asked-view.tsx'
import { CopyField } from '../parts/copy-field.tsx'
import { Card, Page } from '../parts/page.tsx'
import { useSite } from '../site/site-settings.ts'
import { CheckCard } from './check-card.tsx'
import styles from './install.module.css'
import { identifySnippet, installSnippet, policyLines } from './snippet.ts'

export function Install() {
  const site = useSite()
  const origin = location.origin
  return (
    <Page
      title="Install"
      intro="One script tag puts the chat on a page. It loads after the page and never blocks it."
    >
      <AskedView of={site.asked} lines={6}>
        {({ siteKey, allowedOrigins }) => (
          <>
            <Card title="1. Paste this before </body>">
              <CopyField label="Script tag" text={installSnippet(origin, siteKey)} />
              <details class={styles.more}>
                <summary>With signed-in buyers and vendors</summary>
                <p>
                  Your server makes the token; see <a href="/console/settings/identity-keys">Identity keys</a>
                  .
                </p>
                <CopyField
                  label="Script tag with identity"
                  text={identifySnippet(origin, siteKey)}
                  isMultiline
                />
              </details>
              <details class={styles.more}>
                <summary>If your pages send a content security policy</summary>
                <p>Add these sources to the directives you have:</p>
                <CopyField label="Sources to allow" text={policyLines(origin).join('\n')} />
              </details>
            </Card>
            <CheckCard allowedCount={allowedOrigins.length} />
          </>
        )}
      </AskedView>
    </Page>
  )
}
