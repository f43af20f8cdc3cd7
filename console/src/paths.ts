import type { InboxView } from '@parley/shared/protocol/reading.ts'

export const paths = {
  inbox: '/console/inbox',
  settings: '/console/settings',
  signIn: '/console/sign-in',
  view: (view: InboxView) => `/console/inbox/${view}`,
  conversation: (view: InboxView, conversationId: string) =>
    `/console/inbox/${view}/${encodeURIComponent(conversationId)}`,
}
