/** Whether a person has conversations with vendors about the orders they bring is asked at each sign-in. */
export const followedOrders = {
  id: '023-followed-orders',
  up: `
create index conversations_by_order on conversations (site_id, contact_id, (state#>>'{about,order,id}'))
  where vendor_id is not null;
`,
}
