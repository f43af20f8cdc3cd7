import { Dialog } from '../parts/dialog.tsx'
import { openPanel } from '../shell/open-panels.ts'
import { AllUsualKeys, SingleKeysSwitch } from './key-choices.tsx'
import { KeyList } from './key-list.tsx'
import styles from './shortcut-sheet.module.css'

export function ShortcutSheet() {
  const isOpen = openPanel.value === 'shortcuts'
  return (
    <Dialog
      title="Keyboard shortcuts"
      width={640}
      isOpen={isOpen}
      onClose={() => {
        if (openPanel.peek() === 'shortcuts') openPanel.value = null
      }}
      footer={
        <div class={styles.foot}>
          <SingleKeysSwitch />
          <AllUsualKeys />
        </div>
      }
    >
      <KeyList />
    </Dialog>
  )
}
