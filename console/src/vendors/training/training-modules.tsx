import type { TrainingModuleSettings } from '@parley/shared/protocol/vendors.ts'
import { GraduationCap, Pencil, Plus } from 'lucide'
import { useState } from 'preact/hooks'
import { Button } from '../../parts/button.tsx'
import { Empty } from '../../parts/empty.tsx'
import { IconButton } from '../../parts/icon-button.tsx'
import { AskedView } from '../../settings/parts/asked-view.tsx'
import { Card } from '../../settings/parts/page.tsx'
import { Row, Rows, Tag } from '../../settings/parts/rows.tsx'
import { useAsk } from '../../settings/parts/use-ask.ts'
import { counted } from '../../times.ts'
import { Frame } from '../frame.tsx'
import { TrainingEditor } from './training-editor.tsx'

export function TrainingModules() {
  const asked = useAsk('listTrainingModules', {})
  const site = useAsk('viewSite', {})
  const [edited, setEdited] = useState<TrainingModuleSettings | 'new'>()
  const topics = site.value?.topics ?? []
  const topicName = (id: string | null) =>
    id === null ? 'Everybody who answers' : (topics.find((topic) => topic.id === id)?.label ?? id)
  if (edited !== undefined)
    return (
      <TrainingEditor
        module={edited === 'new' ? undefined : edited}
        topics={topics}
        onClose={() => setEdited(undefined)}
        onSaved={() => {
          setEdited(undefined)
          void asked.reload()
        }}
      />
    )
  const add = (
    <Button variant="primary" icon={Plus} onClick={() => setEdited('new')}>
      Write a training
    </Button>
  )
  return (
    <Frame
      title="Training"
      place="training"
      isNarrow
      intro="Short texts with a test. Whoever answers for a vendor passes what is asked of everybody, and what belongs to a topic before they are given that topic."
      actions={add}
    >
      <AskedView of={asked} lines={4}>
        {({ modules }) =>
          modules.length === 0 ? (
            <Empty icon={GraduationCap} title="No training yet" actions={add}>
              Vendors answer without one.
            </Empty>
          ) : (
            <Card title="Written so far" aside={`${modules.length}`} isFlush>
              <Rows label="Written so far">
                {modules.map((module) => (
                  <Row
                    key={module.moduleId}
                    title={module.title}
                    detail={[
                      topicName(module.topicId),
                      `version ${module.version}`,
                      counted(module.questions.length, 'question'),
                      `${module.certified} certified`,
                    ].join(' · ')}
                    state={
                      <Tag tone={module.isPublished ? 'good' : 'plain'}>
                        {module.isPublished ? 'Published' : 'Draft'}
                      </Tag>
                    }
                    actions={
                      <IconButton
                        icon={Pencil}
                        label={`Edit ${module.title}`}
                        onClick={() => setEdited(module)}
                      />
                    }
                  />
                ))}
              </Rows>
            </Card>
          )
        }
      </AskedView>
    </Frame>
  )
}
