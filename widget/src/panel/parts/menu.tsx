import { Component } from 'preact'
import { say } from '../../i18n/words.ts'
import { Icon } from './icon.tsx'
import { part } from './later.ts'

/** What can be done besides switching the sound: nothing before the chat is open. */
export interface Entries {
  report?: (() => void) | undefined
  end?: (() => void) | undefined
}

const items = part(() => import('../menu.ts'))

export class Menu extends Component<{ entries: Entries }, { isOpen: boolean }> {
  override state = { isOpen: false }
  private readonly set = (isOpen: boolean) => this.setState({ isOpen })

  override render({ entries }: { entries: Entries }) {
    const { isOpen } = this.state
    const loaded = items.now(isOpen)
    return (
      <div class="menu-place">
        <button
          type="button"
          class="round"
          aria-label={say('menu')}
          aria-haspopup="menu"
          aria-expanded={isOpen}
          onClick={() => this.set(!isOpen)}
        >
          <Icon name="more" />
        </button>
        {loaded && isOpen && <loaded.Items entries={entries} close={() => this.set(false)} />}
      </div>
    )
  }
}
