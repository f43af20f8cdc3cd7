import type { TriggerVersion } from '@parley/shared/protocol/triggers.ts'
import { describeRule } from '@parley/shared/triggers/describe-rule.ts'
import { Button } from '../../parts/button.tsx'
import { AskedView } from '../parts/asked-view.tsx'
import { Card } from '../parts/page.tsx'
import { Row, Rows, Tag } from '../parts/rows.tsx'
import { useAsk } from '../parts/use-ask.ts'

const moment = new Intl.DateTimeFormat('en-GB', { dateStyle: 'medium', timeStyle: 'short' })

/** Everything this trigger has been. Taking one back puts it into the form; it runs once it is saved. */
export function VersionsCard(props: {
  triggerId: string
  names: Record<string, string>
  isReadOnly: boolean
  onTake: (version: TriggerVersion) => void
}) {
  const asked = useAsk('listTriggerVersions', { triggerId: props.triggerId })
  return (
    <Card title="Versions" isFlush>
      <AskedView of={asked}>
        {({ versions }) => (
          <Rows label="Versions">
            {versions.map((version, at) => (
              <Row
                key={version.version}
                title={`Version ${version.version}, ${moment.format(new Date(version.savedAt))}, ${version.savedBy}`}
                detail={describeRule(version.rule, props.names)}
                state={
                  at === 0 ? <Tag tone="good">Now</Tag> : <Tag>{version.isOn ? 'Was on' : 'Was off'}</Tag>
                }
                actions={
                  at > 0 &&
                  !props.isReadOnly && (
                    <Button size="s" onClick={() => props.onTake(version)}>
                      Take back
                    </Button>
                  )
                }
              />
            ))}
          </Rows>
        )}
      </AskedView>
    </Card>
  )
}
