import type { CommandAnswer } from '@parley/shared/protocol/answers.ts'
import { LockOpen } from 'lucide'
import { Button } from '../../parts/button.tsx'
import { AskedView } from '../parts/asked-view.tsx'
import { moment } from '../parts/moments.ts'
import { Card } from '../parts/page.tsx'
import { Row, Rows } from '../parts/rows.tsx'
import type { Asked } from '../parts/use-ask.ts'
import type { Holding } from './hold-dialog.tsx'
import { nameOf } from './name-of.ts'
import styles from './privacy.module.css'

type Held = CommandAnswer<'listHeldPeople'>

/** Who is under a legal hold, newest first. */
export function HeldCard({
  asked,
  onRelease,
}: {
  asked: Asked<Held>
  onRelease: (holding: Holding) => void
}) {
  const held = asked.value
  return (
    <Card
      title="Under legal hold"
      aside={held && countOf(held)}
      isFlush={held !== undefined && held.people.length > 0}
    >
      <AskedView of={asked} lines={2}>
        {({ people }) =>
          people.length === 0 ? (
            <p class={styles.quiet}>
              Nobody is. Find somebody to keep all that is theirs until a dispute is decided.
            </p>
          ) : (
            <Rows label="People under legal hold">
              {people.map(({ name, hold: { contactId, heldAt, by, reason } }) => {
                const shown = nameOf({ name, contactId })
                return (
                  <Row
                    key={contactId}
                    title={shown}
                    detail={`since ${moment(heldAt)} · by ${by} · ${reason}`}
                    actions={
                      <Button
                        size="s"
                        icon={LockOpen}
                        aria-label={`Release ${shown} from the legal hold`}
                        onClick={() => onRelease({ command: 'releasePerson', contactId, name: shown })}
                      >
                        Release…
                      </Button>
                    }
                  />
                )
              })}
            </Rows>
          )
        }
      </AskedView>
    </Card>
  )
}

function countOf({ people, total }: Held): string | undefined {
  if (total === 0) return undefined
  if (total > people.length) return `The newest ${people.length} of ${total}`
  return total === 1 ? '1 person' : `${total} people`
}
