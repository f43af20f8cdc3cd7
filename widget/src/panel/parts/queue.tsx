import type { Conversation } from '@parley/shared/conversation/conversation.ts'
import type { QueuePlace } from '@parley/shared/protocol/reading.ts'
import { useEffect, useRef, useState } from 'preact/hooks'
import { say } from '../../i18n/words.ts'
import { connection } from '../connect.ts'
import { clock, span } from '../when.ts'
import { Icon } from './icon.tsx'

const againMs = 30_000
const tellable = 5

/** Place in line and an honest wait: what cannot be told is not guessed. */
export function Queue({ conversation, onLeave }: { conversation: Conversation; onLeave: () => void }) {
  const { conversationId } = conversation
  const [place, setPlace] = useState<QueuePlace | null>(null)
  const promisedMs = useRef<number | undefined>(undefined)

  useEffect(() => {
    const ask = async () => {
      const outcome = await connection.ask('describePlace', { conversationId })
      if (outcome.ok) setPlace(outcome.value.place)
    }
    void ask()
    const timer = setInterval(ask, againMs)
    const forget = connection.on('queue', (next) => next.conversationId === conversationId && setPlace(next))
    return () => {
      clearInterval(timer)
      forget()
    }
  }, [conversationId])

  if (!place) return null
  const { waitToMs, basedOn, at } = place
  const isLonger = promisedMs.current !== undefined && (waitToMs ?? 0) > promisedMs.current * 1.25
  promisedMs.current ??= waitToMs
  return (
    <div class="queue">
      <p class="figures" aria-hidden="true">
        {Array.from({ length: Math.min(place.place, 4) }, (_, index) => (
          <span key={index} class={`tile ${index === Math.min(place.place, 4) - 1 ? 'buyer' : ''}`}>
            <Icon name="person" />
          </span>
        ))}
        <strong>{say('you')}</strong>
      </p>
      <div role="status">
        <h3>{placeText(place.place)}</h3>
        <p>{waitText(place, isLonger)}</p>
      </div>
      {basedOn >= tellable && <small>{say('basedOn', basedOn, clock(at))}</small>}
      <small>{say('keepPlace')}</small>
      <p class="actions">
        <button
          type="button"
          class="plain"
          onClick={() => document.querySelector<HTMLElement>('[data-first]')?.focus()}
        >
          {say('leaveInstead')}
        </button>
        <button type="button" class="link" onClick={onLeave}>
          {say('leaveLine')}
        </button>
      </p>
    </div>
  )
}

export function placeText(place: number): string {
  if (place <= 1) return say('next')
  const word = say('ordinals').split(',')[place - 1]
  return word ? say('place', word) : say('placeFar', place - 1)
}

export function waitText(place: QueuePlace, isLonger: boolean): string {
  const { waitFromMs, waitToMs, basedOn } = place
  if (basedOn < tellable || waitToMs === undefined) return say('waitUnknown')
  const from = Math.max(1, Math.round((waitFromMs ?? waitToMs) / 60_000))
  const to = Math.max(1, Math.ceil(waitToMs / 60_000))
  if (from >= to) return say('waitOne', span(waitToMs))
  return say(isLonger ? 'waitLonger' : 'waitRange', from, to)
}
