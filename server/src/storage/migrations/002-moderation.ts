/** Who is stopped from writing, what is held, how pressing a conversation is, and who looked on. */
export const moderation = {
  id: '002-moderation',
  up: `
alter table contacts add column blocked_at timestamptz;
-- The held message that carries the file: its uploader cannot send it again, and only staff open it.
alter table files add column held_as text;
-- How much a conversation needs a moderator, by the fold; what is not closed is few and is sorted.
alter table conversations add column need int not null default 0;

create table watches (
  watch_id text primary key,
  site_id text not null references sites,
  conversation_id text not null,
  member_id text not null,
  reason text,
  node_id text not null,
  started_at timestamptz not null,
  -- Said again by the node for as long as somebody looks on: a node that died ends its watches here.
  seen_at timestamptz not null,
  ended_at timestamptz
);
create index watches_open on watches (seen_at) where ended_at is null;
create index watches_by_member on watches (site_id, member_id, started_at desc);
`,
}
