import { say } from '../../i18n/words.ts'
import { Header, Title } from '../parts/header.tsx'
import { getState, show, site } from '../state.ts'
import { Row } from './choose.tsx'

/** Every chat of this person, newest first: readable, and continued by writing. */
export function Past() {
  const { rows } = getState()
  return (
    <>
      <Header title={say('help', site.branding.name)} back={() => show({ name: 'choose' })} />
      <div class="body">
        <Title>{say('allChats')}</Title>
        {rows.length === 0 && <p>{say('noChats')}</p>}
        <ul>
          {rows.map((row) => (
            <li key={row.conversationId}>
              <Row row={row} />
            </li>
          ))}
        </ul>
      </div>
    </>
  )
}
