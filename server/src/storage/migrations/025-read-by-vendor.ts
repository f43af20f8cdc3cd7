/**
 * What is asked of one vendor, or of the latest conversations, without reading all there are. Nothing here changes with a
 * message: an index that did would be written with every one.
 */
export const readByVendor = {
  id: '025-read-by-vendor',
  up: `
-- Whom a conversation began with, which is not always whom it is with now.
create index events_begun_with_vendor on events (site_id, (payload->'with'->>'vendorId'))
  where seq = 1 and payload->'with'->>'vendorId' is not null;
create index conversations_rated on conversations (site_id, vendor_id, started_at desc) include (rating)
  where vendor_id is not null and rating is not null;
create index conversations_by_start on conversations (site_id, started_at desc);
`,
}
