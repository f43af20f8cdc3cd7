import { say } from '../../i18n/words.ts'
import style from '../../theme/emoji.css?inline'
import { wear } from '../../theme/wear.ts'

wear(style)

const signs = [
  ...'😀😃😄😁😅😂🙂😉😊😍🥰😘😋😎🤩🤔🤨😐😶🙄😏😬😮😯😲😴😌😔😢😭😤😡😳🥺😱🤗🤭🤫🤝👍👎👌✌🤞👏🙌🙏💪👋👀',
  ...'❤🧡💛💚💙💜🖤🤍💔💯✨🔥⭐🎉🎁🎂🎈☀🌙🌧❄🌈🌸🌹🌿🌳🍀🐶🐱🐭🐻🦊🐝🐢🐟🐦☕🍵🍺🍷🍎🍋🍓🍰🍪🍕🍞🥕',
  ...'🏠🏢🏪🏭✈🚗🚚🚲🚢📦📫📮📷📱💻🖨📄📎✏🔑🔒🔧🔨🛒💳💶💰⏰📅✅❌❓❗➕➖⬆⬇➡⬅♻⚠🆗🆕',
]
const perRow = 8

function focusFirst(place: HTMLElement | null): void {
  place?.querySelector('button')?.focus()
}

export function Picker({ onPick, onClose }: { onPick: (sign: string) => void; onClose: () => void }) {
  function onKeyDown(event: KeyboardEvent): void {
    if (event.key === 'Escape') {
      event.preventDefault()
      return onClose()
    }
    const all = [...(event.currentTarget as HTMLElement).querySelectorAll('button')]
    const at = all.indexOf(document.activeElement as HTMLButtonElement)
    const forward = document.documentElement.dir === 'rtl' ? -1 : 1
    const steps: Record<string, number> = {
      ArrowRight: forward,
      ArrowLeft: -forward,
      ArrowDown: perRow,
      ArrowUp: -perRow,
    }
    const step = steps[event.key]
    if (step === undefined) return
    event.preventDefault()
    all[at + step]?.focus()
  }

  return (
    // biome-ignore lint/a11y/useSemanticElements: a group of buttons, not of form fields
    <div ref={focusFirst} class="emoji" role="group" aria-label={say('emoji')} onKeyDown={onKeyDown}>
      {signs.map((sign, index) => (
        <button key={sign} type="button" tabIndex={index === 0 ? 0 : -1} onClick={() => onPick(sign)}>
          {sign}
        </button>
      ))}
    </div>
  )
}
