import type { ComponentChildren } from 'preact'
import { type Key, say } from '../../i18n/words.ts'
import { clock } from '../when.ts'

/** Under the last of some messages: when, and how far it has got where that is told. */
export function Meta(props: {
  at: string
  state?: string
  word?: Key | undefined
  icon?: ComponentChildren
}) {
  const { at, state, word, icon } = props
  const told = word && (
    <>
      {say('comma')}
      {say(word)}
      {icon}
    </>
  )
  return (
    <p class={`meta ${state ?? ''}`}>
      <time dateTime={at}>{clock(at)}</time>
      {/* Most messages are there before anybody could read the word. */}
      {state === 'sending' ? <span class="late">{told}</span> : told}
    </p>
  )
}
