import { say } from '../../i18n/words.ts'
import { clock } from '../when.ts'
import { Icon, type IconName } from './icon.tsx'
import { Meta } from './meta.tsx'

const icons = { sending: 'clock', waiting: 'clock', sent: 'check' } satisfies Record<string, IconName>

/** What this person has just written, before the chat is open: as it will stand there. */
export function Own({ texts, at, state }: { texts: string[]; at: string; state: keyof typeof icons }) {
  return (
    <>
      <p class="day">{say('todayDay')}</p>
      <div class="group own">
        {texts.map((text, index) => (
          <article key={index} tabIndex={-1} class={`message ${state}`}>
            <span class="aside">{`${say('you')}, ${clock(at)}: `}</span>
            <div class="bubble" dir="auto">
              {text}
            </div>
          </article>
        ))}
        <Meta at={at} state={state} word={state} icon={<Icon name={icons[state]} small />} />
      </div>
    </>
  )
}
