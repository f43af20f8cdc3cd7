import { AllUsualKeys, CannedSignChoice, SendKeyChoice, SingleKeysSwitch } from '../../keys/key-choices.tsx'
import { KeyList } from '../../keys/key-list.tsx'
import { Card, Page } from '../parts/page.tsx'

/** Kept with the person: the same in every browser. */
export function KeyboardPage() {
  return (
    <Page title="Keyboard" intro="Yours in every browser you sign in with. A change holds at once.">
      <Card title="Writing">
        <SendKeyChoice />
        <CannedSignChoice />
      </Card>
      <Card title="Shortcuts" aside={<AllUsualKeys />}>
        <SingleKeysSwitch />
        <KeyList />
      </Card>
    </Page>
  )
}
