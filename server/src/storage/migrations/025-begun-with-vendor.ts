/** Whom a conversation began with, for the standing of each vendor by itself: whom it is with now may be somebody else. */
export const begunWithVendor = {
  id: '025-begun-with-vendor',
  up: `
create index events_begun_with_vendor on events (site_id, (payload->'with'->>'vendorId'))
  where seq = 1 and payload->'with'->>'vendorId' is not null;
`,
}
