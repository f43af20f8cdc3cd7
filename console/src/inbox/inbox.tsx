import { Inbox as InboxIcon } from 'lucide'
import { Empty } from '../parts/empty.tsx'

export function Inbox() {
  return <Empty icon={InboxIcon} title="Nothing is waiting for you" />
}
