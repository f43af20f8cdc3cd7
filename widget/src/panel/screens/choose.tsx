import type { Choice } from '@parley/shared/protocol/reading.ts'
import { say } from '../../i18n/words.ts'
import { availability, firstChoices } from '../choices.ts'
import { Header, partyWord, Tile, Title } from '../parts/header.tsx'
import { Icon } from '../parts/icon.tsx'
import { live, takingAlong, talk } from '../parts/later.ts'
import { getState, site } from '../state.ts'

export function Choose() {
  const { context, choices } = getState()
  const offered = choices?.choices ?? firstChoices(site, context)
  const talkPart = talk.now()
  const takingPart = takingAlong.now(choices?.movable.length)
  return (
    <>
      <Header title={say('help', site.branding.name)} />
      <div class="body">
        <Title>{say('who')}</Title>
        <Welcome />
        {talkPart && takingPart && <takingPart.TakeAlong />}
        <ContextCard />
        <ul class="choices">
          {offered.map((choice) => (
            <li key={choice.with.kind}>
              <ChoiceCard choice={choice} isKnown={!!choices || choice.with.kind === 'support'} />
            </li>
          ))}
        </ul>
        {talkPart && <talkPart.Chats />}
        <p class="notice">
          <bdi>{choices?.notice ?? site.notice}</bdi>
          {site.typingPreview && ` ${say('typingSeen')}`}
        </p>
      </div>
    </>
  )
}

/** Sanitised by the server when it was saved; cloned as nodes, never parsed here. */
function Welcome() {
  return <div ref={pour} class="welcome" />
}
function pour(place: HTMLElement | null): void {
  const template = document.getElementById('welcome')
  if (template instanceof HTMLTemplateElement) place?.replaceChildren(template.content.cloneNode(true))
}

function ContextCard() {
  const { product, order } = getState().context
  const about = product ?? order
  if (!about) return null
  const price = product?.price
  const sold = about.vendorName && say('soldBy', about.vendorName)
  const facts = [price, sold].filter(Boolean).join(say('comma'))
  return (
    <div class="card about">
      {about.image && <Picture src={about.image} />}
      <div>
        <b>
          <bdi>{product?.name ?? order?.label ?? (product ? product.id : say('order', about.id))}</bdi>
        </b>
        {facts && <p>{facts}</p>}
      </div>
    </div>
  )
}

export function Picture({ src }: { src: string }) {
  return (
    <img
      src={src}
      alt=""
      onError={(event) => {
        event.currentTarget.hidden = true
      }}
    />
  )
}

function ChoiceCard({ choice, isKnown }: { choice: Choice; isKnown: boolean }) {
  const { kind, name } = choice.with
  const { rating, standing, present, isAvailable } = choice
  const party = kind === 'vendor' ? 'vendor' : 'support'
  const facts = [
    availability(choice, new Date()),
    standing && say(standing),
    rating && rating.count > 0 && say('rated', rating.average.toFixed(1)),
    isAvailable && present.length > 0 && present.join(', '),
  ]
  return (
    <button
      type="button"
      class="card choice"
      onClick={({ currentTarget }) => {
        currentTarget.ariaBusy = 'true'
        void live.fetch().then((loaded) => loaded.begin(choice))
      }}
    >
      <Tile party={party} size="large" />
      <span>
        <strong>
          <bdi>{name}</bdi>
        </strong>
        <span>
          <b class={party}>{partyWord(party)}.</b>{' '}
          <bdi>{say(kind === 'vendor' ? 'vendorPurpose' : 'supportPurpose')}</bdi>
        </span>
        {isKnown && (
          <small>
            <Icon name={isAvailable ? (kind === 'vendor' ? 'check' : 'clock') : 'moon'} small />
            <bdi>{facts.filter(Boolean).join(say('comma'))}</bdi>
          </small>
        )}
      </span>
      <Icon name="next" />
    </button>
  )
}
