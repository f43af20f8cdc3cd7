import { AskedView } from '../parts/asked-view.tsx'
import { may } from '../parts/may.ts'
import { Page } from '../parts/page.tsx'
import { useAsk } from '../parts/use-ask.ts'
import { useSite } from '../site/site-settings.ts'
import { QueuesCard } from './queues-card.tsx'
import { TopicsForm } from './topics-form.tsx'

export function TopicsAndQueues() {
  const site = useSite()
  const queues = useAsk('listQueues', {})
  const members = useAsk('listMembers', {})
  return (
    <Page
      title="Topics and queues"
      intro="A topic sends a conversation to a queue; the people of the queue answer it."
      readOnlyWords={may('queue.manage') ? undefined : 'Only an admin can change topics and queues.'}
    >
      <AskedView of={queues} lines={4}>
        {(value) => (
          <>
            <QueuesCard
              queues={value.queues}
              members={members.value?.members ?? []}
              topics={site.asked.value?.topics ?? []}
              onChanged={() => {
                void queues.reload()
                void site.asked.reload()
              }}
              onPut={(changed) => queues.put({ queues: changed })}
            />
            <AskedView of={site.asked} lines={4}>
              {(saved) => <TopicsForm site={site} saved={saved} queues={value.queues} />}
            </AskedView>
          </>
        )}
      </AskedView>
    </Page>
  )
}
