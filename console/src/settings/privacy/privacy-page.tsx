import type { FoundPerson } from '@parley/shared/protocol/privacy.ts'
import { Download, Eraser, Search, UserSearch } from 'lucide'
import { useState } from 'preact/hooks'
import { ask } from '../../connection.ts'
import { Button } from '../../parts/button.tsx'
import { Empty } from '../../parts/empty.tsx'
import { Field } from '../../parts/field.tsx'
import { showToast } from '../../parts/toast.tsx'
import { Problem } from '../parts/confirm.tsx'
import { moment } from '../parts/moments.ts'
import { Card, Page } from '../parts/page.tsx'
import { refusalWords } from '../parts/refusal-words.ts'
import { Row, Rows, Tag } from '../parts/rows.tsx'
import { saveFrom } from '../parts/save-file.ts'
import { ErasePersonDialog } from './erase-person-dialog.tsx'
import { nameOf } from './name-of.ts'
import styles from './privacy.module.css'
import { RetentionCard } from './retention-card.tsx'

export function PrivacyPage() {
  const [search, setSearch] = useState('')
  const [found, setFound] = useState<{ search: string; people: FoundPerson[] }>()
  const [isAsking, setAsking] = useState(false)
  const [problem, setProblem] = useState<string>()
  const [erased, setErased] = useState<FoundPerson>()

  async function find(event?: Event): Promise<void> {
    event?.preventDefault()
    const wanted = search.trim()
    if (wanted === '') return
    setAsking(true)
    setProblem(undefined)
    const outcome = await ask('findPeople', { search: wanted })
    setAsking(false)
    if (!outcome.ok) return setProblem(refusalWords(outcome.refusal))
    setFound({ search: wanted, people: outcome.value.people })
  }

  return (
    <Page
      title="Personal data"
      intro="When a buyer or a seller asks for what is kept about them, or wants it gone; and what goes by itself. All of it is in the audit log."
    >
      <Card title="Find somebody" aside="Searches are on record">
        <form class={styles.search} onSubmit={(event) => void find(event)}>
          <Field
            label="Name, e-mail address or your shop’s id"
            help="A name by its beginning; everything else whole."
            type="search"
            value={search}
            onInput={(event) => setSearch(event.currentTarget.value)}
          />
          <Button type="submit" icon={Search} isBusy={isAsking}>
            Find
          </Button>
        </form>
        {problem !== undefined && <Problem>{problem}</Problem>}
      </Card>
      {found !== undefined &&
        (found.people.length === 0 ? (
          <Empty icon={UserSearch} title={`Nobody is found for “${found.search}”`}>
            Who has been erased is not found by name any more.
          </Empty>
        ) : (
          <Card title="Found" aside={`${found.people.length}, newest first`} isFlush>
            <Rows label="People">
              {found.people.map((person) => (
                <Row
                  key={person.contactId}
                  title={nameOf(person)}
                  detail={detailOf(person)}
                  state={person.erasedAt !== null && <Tag>Erased {moment(person.erasedAt)}</Tag>}
                  actions={
                    person.erasedAt === null && (
                      <>
                        <Button
                          size="s"
                          icon={Download}
                          aria-label={`Export ${nameOf(person)}`}
                          onClick={() => take(person)}
                        >
                          Export
                        </Button>
                        <Button
                          size="s"
                          variant="danger"
                          icon={Eraser}
                          aria-label={`Erase ${nameOf(person)}`}
                          onClick={() => setErased(person)}
                        >
                          Erase…
                        </Button>
                      </>
                    )
                  }
                />
              ))}
            </Rows>
          </Card>
        ))}
      <RetentionCard />
      {erased !== undefined && (
        <ErasePersonDialog
          person={erased}
          onExport={() => take(erased)}
          onClose={() => setErased(undefined)}
          onErased={() => {
            showToast({ text: 'It is being erased, on every open screen too.' })
            setErased(undefined)
            setFound(
              found && {
                ...found,
                people: found.people.filter(({ contactId }) => contactId !== erased.contactId),
              },
            )
          }}
        />
      )}
    </Page>
  )
}

function detailOf({ email, externalId, conversations, createdAt }: FoundPerson): string {
  return [
    email,
    externalId === null ? 'a stranger' : `id ${externalId}`,
    conversations === 1 ? '1 conversation' : `${conversations} conversations`,
    `since ${moment(createdAt)}`,
  ]
    .filter((words) => words !== null)
    .join(' · ')
}

/** All that is kept, with the files. */
function take({ contactId }: FoundPerson): void {
  saveFrom(`/api/v1/people/${encodeURIComponent(contactId)}/export`)
}
