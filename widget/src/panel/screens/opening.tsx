import type { SentFile } from '@parley/shared/protocol/events.ts'
import { say } from '../../i18n/words.ts'
import { start } from '../begin.ts'
import { brief } from '../choices.ts'
import { Composer } from '../parts/composer.tsx'
import { Header } from '../parts/header.tsx'
import { Menu } from '../parts/menu.tsx'
import { Own } from '../parts/own.tsx'
import { Strip } from '../parts/strip.tsx'
import { sayMore, startingNow, stateNow } from '../starting.ts'
import { getState, type Screen, show } from '../state.ts'

/** A chat until its first message has gone out: looks as the open one does, which takes its place. */
export function Opening({ screen }: { screen: Extract<Screen, { name: 'chat' }> }) {
  const { choices, context, problem, isShown, answers } = getState()
  const starting = startingNow()
  const choice = screen.choice ?? starting?.choice
  const kind = choice?.with.kind ?? 'support'
  const name = choice?.with.name ?? ''
  const offered = choices?.choices.find((one) => one.with.kind === kind)
  const texts = starting ? [starting.wish.text ?? '', ...starting.more].filter(Boolean) : []

  function send(text: string, files: SentFile[]): void {
    if (startingNow()) return sayMore(text)
    const ids = files.map((file) => file.fileId)
    if (choice) start(choice, answers, text, ids)
  }

  return (
    <>
      <Header
        title={name}
        party={kind}
        state={offered && brief(offered, new Date())}
        back={() => show({ name: 'choose' })}
      >
        <Menu entries={{}} />
      </Header>
      <Strip about={context} />
      <div class="fill thread-place">
        {/* biome-ignore lint/a11y/noNoninteractiveTabindex: as the thread that takes its place */}
        <div class="thread" role="log" aria-live="off" aria-label={say('messages')} tabIndex={0}>
          <div class="inner">
            {texts.length === 0 && <p class="line">{say('emptyHint', name)}</p>}
            <div class="said">
              {starting && texts.length > 0 && <Own texts={texts} at={starting.at} state={stateNow()} />}
              <p class="typing" />
            </div>
          </div>
        </div>
      </div>
      {/* What was refused comes back into it, with the reason. */}
      <Composer
        key={`${isShown} ${problem}`}
        conversationId={null}
        placeholder={say('write')}
        problem={problem}
        send={send}
      />
    </>
  )
}
