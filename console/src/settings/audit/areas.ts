import { actionWords } from './action-words.ts'

/** What comes before the first dot of an action, in people's words. */
const words: Record<string, string> = {
  member: 'People and sign-ins',
  account: 'Own account',
  site: 'Settings',
  queue: 'Queues',
  vendor: 'Vendors',
  identity: 'Identity refused',
  visit: 'Visits',
  identityKey: 'Identity keys',
  apiKey: 'API keys',
  cannedReply: 'Canned replies',
  availability: 'Availability',
  keyboard: 'Own keys',
  conversation: 'Conversations looked into',
  contact: 'Addresses shown',
  inbox: 'Searches',
  file: 'Files',
  review: 'Reviews',
  rubric: 'Review rules',
  rollout: 'Roll-out',
  webhook: 'Webhooks',
  person: 'Personal data',
  retention: 'How long data is kept',
  rights: 'Refused for want of a right',
  audit: 'Exports of this log',
}

export function areaOf(action: string): string {
  return action.split('.')[0] ?? action
}

export interface Area {
  id: string
  label: string
}

/** The known ones, and whatever else has been seen. */
export function areasWith(actions: readonly string[]): Area[] {
  const seen = actions.map(areaOf).filter((area) => !(area in words))
  return [
    ...Object.entries(words).map(([id, label]) => ({ id, label })),
    ...[...new Set(seen)].map((id) => ({ id, label: actionWords(id) })),
  ].sort((a, b) => a.label.localeCompare(b.label))
}
