import type { Party } from '@parley/shared/people.ts'
import type { ComponentChildren } from 'preact'
import { say } from '../../i18n/words.ts'
import { tellHost } from '../host.ts'
import { getState } from '../state.ts'
import { Icon, type IconName } from './icon.tsx'

const glyphs: Record<Party, IconName> = {
  buyer: 'person',
  vendor: 'shop',
  support: 'support',
  moderator: 'shield',
  system: 'clock',
}

/** Shape, glyph and colour of a party; the word stands beside it. */
export function Tile({ party, size = '' }: { party: Party; size?: string }) {
  return (
    <span class={`tile ${party} ${size}`} aria-hidden="true">
      <Icon name={glyphs[party]} />
    </span>
  )
}

export function partyWord(party: Party): string {
  return say(party === 'vendor' ? 'vendor' : 'marketplace')
}

export function Header(props: {
  title: string
  party?: Party | undefined
  word?: string | undefined
  state?: string | undefined
  back?: () => void
  children?: ComponentChildren
}) {
  const { title, party, word, state, back, children } = props
  return (
    <div class={`header${party ? ' lined' : ''}`}>
      {back && (
        <button type="button" class="round" aria-label={say('back')} onClick={back}>
          <Icon name="back" />
        </button>
      )}
      {party && <Tile party={party} size="large" />}
      <div class="who">
        <h2 id="title">
          <bdi>{title}</bdi>
        </h2>
        {party && (
          <p>
            <b class={party}>{word ?? partyWord(party)}</b>
            {state && `${say('comma')}${state.charAt(0).toLocaleLowerCase()}${state.slice(1)}`}
          </p>
        )}
      </div>
      {children}
      <button type="button" class="round" aria-label={say('close')} onClick={() => tellHost('close')}>
        <Icon name="close" />
      </button>
    </div>
  )
}

/** Focus goes to a screen's title when the screen comes, so that it is read first. */
export function Title({ children }: { children: ComponentChildren }) {
  return (
    <h1 ref={focusTitle} tabIndex={-1}>
      {children}
    </h1>
  )
}
function focusTitle(title: HTMLElement | null): void {
  if (getState().isShown) title?.focus({ preventScroll: true })
}
