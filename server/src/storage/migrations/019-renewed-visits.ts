/**
 * Which token of a visit follows which. Whatever was issued before, and by a node of the version before, counts as issued
 * now: for the half hour in which both versions may serve, no token is replaced by one that the older would not know.
 */
export const renewedVisits = {
  id: '019-renewed-visits',
  up: `
alter table visitors add column token_issued_at timestamptz not null default now();
-- What every token of the visit begins with, once one of them has followed another: finds the visit of one that is over.
alter table visitors add column family_hash text;
-- Still opens the visit until its successor was kept, and a moment longer.
alter table visitors add column predecessor_hash text;
alter table visitors add column successor_kept_at timestamptz;
create index visitors_family on visitors (family_hash) where family_hash is not null;
`,
}
