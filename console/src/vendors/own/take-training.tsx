import type { TrainingModule } from '@parley/shared/protocol/vendors.ts'
import { useState } from 'preact/hooks'
import { Button } from '../../parts/button.tsx'
import { AskedView } from '../../settings/parts/asked-view.tsx'
import { Card } from '../../settings/parts/page.tsx'
import { Row, Rows, Tag } from '../../settings/parts/rows.tsx'
import { useAsk } from '../../settings/parts/use-ask.ts'
import { dayOf } from '../vendor-words.ts'
import { TakeDialog } from './take-dialog.tsx'

export function TrainingList({ onPassed }: { onPassed: () => void }) {
  const asked = useAsk('listTraining', {})
  const [taken, setTaken] = useState<TrainingModule>()
  return (
    <AskedView of={asked} lines={3}>
      {({ modules }) =>
        modules.length === 0 ? null : (
          <Card title="Training" aside={`${modules.length}`} isFlush>
            <Rows label="Training">
              {modules.map((module) => (
                <Row
                  key={module.moduleId}
                  title={module.title}
                  detail={module.topic === null ? 'For everybody who answers' : `For ${module.topic}`}
                  state={<CertificateTag module={module} />}
                  actions={
                    <Button size="s" onClick={() => setTaken(module)}>
                      {module.certificate?.isCurrent ? 'Open' : 'Take it'}
                      <span class="visually-hidden">: {module.title}</span>
                    </Button>
                  }
                />
              ))}
            </Rows>
            {taken && (
              <TakeDialog
                module={taken}
                onClose={() => {
                  setTaken(undefined)
                  void asked.reload()
                }}
                onPassed={onPassed}
              />
            )}
          </Card>
        )
      }
    </AskedView>
  )
}

function CertificateTag({ module: { certificate } }: { module: TrainingModule }) {
  if (certificate === null) return <Tag tone="warn">Not passed yet</Tag>
  return certificate.isCurrent ? (
    <Tag tone="good">Passed, until {dayOf(certificate.expiresAt)}</Tag>
  ) : (
    <Tag tone="bad">Expired on {dayOf(certificate.expiresAt)}</Tag>
  )
}
