import { say } from '../i18n/words.ts'
import { Header } from './parts/header.tsx'
import { Icon } from './parts/icon.tsx'
import { fetchRest, form, live } from './parts/later.ts'
import { Choose } from './screens/choose.tsx'
import { getState, show } from './state.ts'

export function App() {
  const { screen, isOffline, isPhone } = getState()
  return (
    <div
      class={`panel ${screen.name}`}
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
  const formPart = form.now()
  const livePart = live.now()
  if (screen.name === 'form' && formPart) return <formPart.Form choice={screen.choice} />
  if (screen.name === 'past' && livePart) return <livePart.Past />
  if (screen.name === 'chat' && livePart) return <livePart.Chat key={screen.conversationId} screen={screen} />
  fetchRest()
  return (
    <>
      <Header title={say('loading')} back={() => show({ name: 'choose' })} />
      <div class="body" aria-busy="true" />
    </>
  )
}
