import type { ListedPerson } from '@parley/shared/protocol/privacy.ts'
import { Download, Eraser, Lock, LockOpen } from 'lucide'
import { Button } from '../../parts/button.tsx'
import { moment } from '../parts/moments.ts'
import { Card } from '../parts/page.tsx'
import { Row, Rows, Tag } from '../parts/rows.tsx'
import type { Holding } from './hold-dialog.tsx'
import { nameOf } from './name-of.ts'
import styles from './privacy.module.css'

interface Acts {
  onExport: (person: ListedPerson) => void
  onHold: (holding: Holding) => void
  onErase: (person: ListedPerson) => void
}

export function FoundCard({ people, ...acts }: { people: readonly ListedPerson[] } & Acts) {
  return (
    <Card title="Found" aside={`${people.length}, newest first`} isFlush>
      <Rows label="People">
        {people.map((person) => (
          <Row
            key={person.contactId}
            title={nameOf(person)}
            detail={<Detail person={person} />}
            state={<State person={person} />}
            actions={person.erasedAt === null && <Buttons person={person} {...acts} />}
          />
        ))}
      </Rows>
    </Card>
  )
}

function State({ person: { erasedAt, hold } }: { person: ListedPerson }) {
  if (erasedAt !== null) return <Tag>Erased {moment(erasedAt)}</Tag>
  return hold && <Tag tone="warn">Under legal hold</Tag>
}

function Detail({ person }: { person: ListedPerson }) {
  const { email, externalId, conversations, createdAt, hold } = person
  const facts = [
    email,
    externalId === null ? 'a stranger' : `id ${externalId}`,
    conversations === 1 ? '1 conversation' : `${conversations} conversations`,
    `since ${moment(createdAt)}`,
  ]
  return (
    <>
      {facts.filter((words) => words !== null).join(' · ')}
      {hold && (
        <span id={holdWordsId(person)} class={styles.hold}>
          “{hold.reason}” Held by {hold.by} since {moment(hold.heldAt)}. Release it before you erase.
        </span>
      )}
    </>
  )
}

const holdWordsId = ({ contactId }: ListedPerson) => `hold-of-${contactId}`

function Buttons({ person, onExport, onHold, onErase }: { person: ListedPerson } & Acts) {
  const name = nameOf(person)
  const { hold } = person
  return (
    <>
      <Button size="s" icon={Download} aria-label={`Export ${name}`} onClick={() => onExport(person)}>
        Export
      </Button>
      {hold ? (
        <Button
          size="s"
          icon={LockOpen}
          aria-label={`Release ${name}`}
          onClick={() => onHold({ command: 'releasePerson', contactId: hold.contactId, name })}
        >
          Release…
        </Button>
      ) : (
        <Button
          size="s"
          icon={Lock}
          aria-label={`Hold ${name}`}
          onClick={() => onHold({ command: 'holdPerson', contactId: person.contactId, name })}
        >
          Hold…
        </Button>
      )}
      <Button
        size="s"
        variant="danger"
        icon={Eraser}
        aria-label={`Erase ${name}`}
        aria-describedby={hold ? holdWordsId(person) : undefined}
        disabled={hold !== null}
        onClick={() => onErase(person)}
      >
        Erase…
      </Button>
    </>
  )
}
