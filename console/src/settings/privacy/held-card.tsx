import type { CommandAnswer } from '@parley/shared/protocol/answers.ts'
import type { HeldPerson } from '@parley/shared/protocol/privacy.ts'
import { Button } from '../../parts/button.tsx'
import { Table } from '../../parts/table.tsx'
import { AskedView } from '../parts/asked-view.tsx'
import { moment } from '../parts/moments.ts'
import { Card } from '../parts/page.tsx'
import type { Asked } from '../parts/use-ask.ts'
import type { Holding } from './hold-dialog.tsx'
import { nameOf } from './name-of.ts'
import styles from './privacy.module.css'

/** Who is under a legal hold, newest first. */
export function HeldCard(props: {
  asked: Asked<CommandAnswer<'listHeldPeople'>>
  onRelease: (holding: Holding) => void
}) {
  const { asked, onRelease } = props
  const isNobody = asked.value?.total === 0
  return (
    <Card
      title="Under legal hold"
      aside={countOf(asked.value)}
      isFlush={asked.value !== undefined && !isNobody}
    >
      <AskedView of={asked} lines={2}>
        {({ people }) =>
          people.length === 0 ? (
            <p class={styles.quiet}>
              Nobody is. Find somebody to keep all that is theirs until a dispute is decided.
            </p>
          ) : (
            <Table<HeldPerson>
              caption="People under legal hold, newest first"
              rows={people}
              rowKey={({ hold }) => hold.contactId}
              columns={[
                { heading: 'Person', cell: (row) => nameOfHeld(row) },
                { heading: 'Since', cell: ({ hold }) => moment(hold.heldAt) },
                { heading: 'By', cell: ({ hold }) => hold.by },
                { heading: 'Reason', cell: ({ hold }) => <span class={styles.reason}>{hold.reason}</span> },
                {
                  heading: 'Release',
                  isHeadingHidden: true,
                  align: 'end',
                  cell: (row) => (
                    <Button
                      size="s"
                      aria-label={`Release ${nameOfHeld(row)}`}
                      onClick={() =>
                        onRelease({
                          command: 'releasePerson',
                          contactId: row.hold.contactId,
                          name: nameOfHeld(row),
                        })
                      }
                    >
                      Release…
                    </Button>
                  ),
                },
              ]}
            />
          )
        }
      </AskedView>
    </Card>
  )
}

const nameOfHeld = ({ name, hold }: HeldPerson) => nameOf({ name, contactId: hold.contactId })

function countOf(held: CommandAnswer<'listHeldPeople'> | undefined): string | undefined {
  if (held === undefined || held.total === 0) return undefined
  if (held.total > held.people.length) return `The newest ${held.people.length} of ${held.total}`
  return held.total === 1 ? '1 person' : `${held.total} people`
}
