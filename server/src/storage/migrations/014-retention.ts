/** How long a site keeps what, and what finds what is over it without looking at all that has gone already. */
export const retention = {
  id: '014-retention',
  up: `
create table retention (
  site_id text primary key references sites,
  terms jsonb not null
);
create index conversations_kept on conversations (site_id, closed_at)
  where status = 'closed' and (state->'isErased') is null;
create index files_sent on files (site_id, sent_at) where sent_at is not null;
create index contacts_kept on contacts (site_id, created_at) where erased_at is null;
create index visitors_over on visitors (expires_at);
create index audit_kept on audit (site_id, at) where who_salt is not null or reason is not null;
`,
}
