import { say } from '../i18n/words.ts'
import { Header } from './parts/header.tsx'
import { Icon } from './parts/icon.tsx'
import { fetchRest, live, talk } from './parts/later.ts'
import { Choose } from './screens/choose.tsx'
import { getState, show } from './state.ts'

export function App() {
  const { screen, isOffline, isPhone } = getState()
  return (
    <div
      class={`panel ${screen.name} ${'place' in screen && screen.conversationId ? 'still' : ''}`}
      role="dialog"
      aria-labelledby="title"
      aria-modal={isPhone ? 'true' : 'false'}
    >
      <Current />
      {isOffline && (
        <p class="offline" role="status">
          <Icon name="offline" />
          {say('offline')}
        </p>
      )}
    </div>
  )
}

function Current() {
  const { screen } = getState()
  if (screen.name === 'choose') return <Choose />
  const isOpened = screen.name === 'past' || (screen.name === 'chat' && screen.conversationId)
  const livePart = live.now()
  const talkPart = talk.now(isOpened)
  if (screen.name === 'form' && livePart) return <livePart.Form choice={screen.choice} />
  if (screen.name === 'past' && talkPart) return <talkPart.Past />
  if (screen.name === 'chat') {
    if (talkPart && screen.conversationId)
      return (
        <talkPart.Chat key={screen.conversationId} screen={screen} conversationId={screen.conversationId} />
      )
    if (livePart && !screen.conversationId) return <livePart.Opening screen={screen} />
  }
  fetchRest()
  return (
    <>
      <Header title={say('loading')} back={() => show({ name: 'choose' })} />
      <div class="body" aria-busy="true" />
    </>
  )
}
