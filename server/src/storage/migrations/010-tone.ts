/** How messages sound and how dissatisfied customers seem. Nothing here holds a word of what was written. */
export const tone = {
  id: '010-tone',
  up: `
create table message_tones (
  conversation_id text not null,
  message_id text not null,
  seq int not null,
  side text not null check (side in ('customer', 'vendor', 'staff')),
  level text not null check (level in ('calm', 'tense', 'upset')),
  strength real not null,
  reasons text[] not null,
  -- Whose judgement it is: the built-in one or a model of the site's own.
  judged_by text not null,
  primary key (conversation_id, message_id)
);
create table conversation_tones (
  conversation_id text primary key,
  site_id text not null,
  -- Up to here the log has been read.
  seq int not null,
  estimate int not null check (estimate between 0 and 100),
  need int not null,
  state jsonb not null
);
-- One row: up to which transaction all logs have been read, and who is reading.
create table tone_cursor (
  is_only boolean primary key default true check (is_only),
  read_to xid8 not null,
  leased_by text,
  leased_until timestamptz
);
`,
}
