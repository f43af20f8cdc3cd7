import { say } from '../../i18n/words.ts'
import { Rows } from '../parts/chats.tsx'
import { Header, Title } from '../parts/header.tsx'
import { getState, show, site } from '../state.ts'

/** Every chat of this person, newest first: readable, and continued by writing. */
export function Past() {
  const { rows } = getState()
  return (
    <>
      <Header title={say('help', site.branding.name)} back={() => show({ name: 'choose' })} />
      <div class="body">
        <Title>{say('allChats')}</Title>
        {rows.length === 0 && <p>{say('noChats')}</p>}
        <Rows rows={rows} />
      </div>
    </>
  )
}
