import { Component } from 'preact'
import { say } from '../../i18n/words.ts'
import { isSoundOn } from '../sound.ts'
import { keep } from '../state.ts'
import type { Entries } from './menu.tsx'

interface Props {
  entries: Entries
  close: () => void
}

export class Items extends Component<Props> {
  private place: HTMLElement | null = null
  private readonly all = () => [...(this.place?.querySelectorAll<HTMLElement>('[role=menuitem]') ?? [])]
  private readonly button = () => this.place?.parentElement?.querySelector('button')

  // The button beside it closes it by itself.
  private readonly away = ({ target }: Event) => {
    if (!this.place?.parentElement?.contains(target as Node)) this.props.close()
  }

  // On the button too: the menu may come a moment after it was asked for.
  private readonly onKey = (event: KeyboardEvent) => {
    const items = this.all()
    const at = items.indexOf(document.activeElement as HTMLElement)
    if (event.key === 'Escape') {
      event.preventDefault()
      this.button()?.focus()
      this.props.close()
    } else if (event.key === 'ArrowDown' || event.key === 'ArrowUp') {
      event.preventDefault()
      items.at((at + (event.key === 'ArrowDown' ? 1 : -1)) % items.length)?.focus()
    } else if (event.key === 'Tab') this.props.close()
  }

  override componentDidMount(): void {
    this.all()[0]?.focus()
    addEventListener('pointerdown', this.away)
    this.place?.parentElement?.addEventListener('keydown', this.onKey)
  }

  override componentWillUnmount(): void {
    removeEventListener('pointerdown', this.away)
    this.place?.parentElement?.removeEventListener('keydown', this.onKey)
  }

  override render({ entries, close }: Props) {
    const { report, end } = entries
    const isOn = isSoundOn()
    const list = [
      { text: say(isOn ? 'soundOff' : 'soundOn'), run: () => keep('sound', isOn ? 'off' : 'on') },
      { text: say('report'), run: report },
      { text: say('end'), run: end },
    ]
    return (
      <div
        ref={(place) => {
          this.place = place ?? this.place
        }}
        class="menu"
        role="menu"
      >
        {list.map(
          ({ text, run }) =>
            run && (
              <button
                key={text}
                type="button"
                role="menuitem"
                tabIndex={-1}
                onClick={() => {
                  this.button()?.focus()
                  close()
                  run()
                }}
              >
                {text}
              </button>
            ),
        )}
      </div>
    )
  }
}
