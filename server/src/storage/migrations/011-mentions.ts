/** Whom a note has called, and whether they have read it. Nothing here holds a word of what was written. */
export const mentions = {
  id: '011-mentions',
  up: `
create table mentions (
  site_id text not null references sites,
  member_id text not null,
  conversation_id text not null,
  -- The note's place in the log.
  seq int not null,
  read_at timestamptz,
  primary key (member_id, conversation_id, seq),
  foreign key (conversation_id, seq) references events (conversation_id, seq) on delete cascade
);
create index mentions_open on mentions (conversation_id) where read_at is null;
`,
}
