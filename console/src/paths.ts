import type { InboxView } from '@parley/shared/protocol/reading.ts'

export const paths = {
  inbox: '/console/inbox',
  settings: '/console/settings',
  vendors: '/console/vendors',
  apply: '/console/apply',
  vendor: (vendorId: string) => `/console/vendors/${encodeURIComponent(vendorId)}`,
  moderation: '/console/moderation',
  moderated: (conversationId: string) => `/console/moderation/${encodeURIComponent(conversationId)}`,
  reviews: '/console/reviews',
  signIn: '/console/sign-in',
  view: (view: InboxView) => `/console/inbox/${view}`,
  conversation: (view: InboxView, conversationId: string) =>
    `/console/inbox/${view}/${encodeURIComponent(conversationId)}`,
}
