import type { FoundPerson, ListedPerson } from '@parley/shared/protocol/privacy.ts'
import { Search, UserSearch } from 'lucide'
import { useState } from 'preact/hooks'
import { ask } from '../../connection.ts'
import { Button } from '../../parts/button.tsx'
import { Empty } from '../../parts/empty.tsx'
import { Field } from '../../parts/field.tsx'
import { showToast } from '../../parts/toast.tsx'
import { Problem } from '../parts/confirm.tsx'
import { Card, Page } from '../parts/page.tsx'
import { refusalWords } from '../parts/refusal-words.ts'
import { saveFrom } from '../parts/save-file.ts'
import { useAsk } from '../parts/use-ask.ts'
import { ErasePersonDialog } from './erase-person-dialog.tsx'
import { FoundCard } from './found-card.tsx'
import { HeldCard } from './held-card.tsx'
import { HoldDialog, type Holding } from './hold-dialog.tsx'
import styles from './privacy.module.css'
import { RetentionCard } from './retention-card.tsx'

export function PrivacyPage() {
  const [search, setSearch] = useState('')
  const [found, setFound] = useState<{ search: string; people: ListedPerson[] }>()
  const [isAsking, setAsking] = useState(false)
  const [problem, setProblem] = useState<string>()
  const [erased, setErased] = useState<ListedPerson>()
  const [holding, setHolding] = useState<Holding>()
  const held = useAsk('listHeldPeople', {})

  async function find(wanted: string): Promise<void> {
    if (wanted === '') return
    setAsking(true)
    setProblem(undefined)
    const outcome = await ask('findPeople', { search: wanted })
    setAsking(false)
    if (!outcome.ok) return setProblem(refusalWords(outcome.refusal))
    setFound({ search: wanted, people: outcome.value.people })
  }

  function onHeld({ command }: Holding): void {
    showToast({
      text:
        command === 'holdPerson' ? 'All that is theirs stays until they are released.' : 'They are released.',
    })
    setHolding(undefined)
    void held.reload()
    if (found) void find(found.search)
  }

  return (
    <Page
      title="Personal data"
      intro="When a buyer or a seller asks for what is kept about them, or wants it gone; what must stay; and what goes by itself. All of it is in the audit log."
    >
      <Card title="Find somebody" aside="Searches are on record">
        <form
          class={styles.search}
          onSubmit={(event) => {
            event.preventDefault()
            void find(search.trim())
          }}
        >
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
          <FoundCard people={found.people} onExport={take} onHold={setHolding} onErase={setErased} />
        ))}
      <HeldCard asked={held} onRelease={setHolding} />
      <RetentionCard />
      {holding !== undefined && (
        <HoldDialog {...holding} onClose={() => setHolding(undefined)} onDone={() => onHeld(holding)} />
      )}
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

/** All that is kept, with the files. */
function take({ contactId }: FoundPerson): void {
  saveFrom(`/api/v1/people/${encodeURIComponent(contactId)}/export`)
}
