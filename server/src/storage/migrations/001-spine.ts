/** Sites, people, and the conversation log. Every key carries the site. */
export const spine = {
  id: '001-spine',
  up: `
create table sites (
  site_id text primary key,
  site_key text not null unique,
  settings jsonb not null,
  created_at timestamptz not null,
  loader_seen_at timestamptz,
  identity_seen_at timestamptz,
  identity_problem text
);
create table site_origins (
  site_id text not null references sites,
  origin text not null,
  seen_at timestamptz not null,
  primary key (site_id, origin)
);

create table accounts (
  account_id text primary key,
  email text not null unique,
  password_hash text,
  totp_secret text,
  totp_last_step bigint,
  -- A second factor being enrolled: it counts once its first code was right.
  totp_pending text,
  created_at timestamptz not null
);
create table vendors (
  site_id text not null references sites,
  vendor_id text not null,
  external_id text not null,
  name text not null,
  is_active boolean not null default true,
  primary key (site_id, vendor_id),
  unique (site_id, external_id)
);
create table members (
  site_id text not null references sites,
  member_id text not null unique,
  account_id text not null references accounts,
  name text not null,
  role text not null check (role in ('admin', 'moderator', 'csr', 'vendor')),
  vendor_id text,
  availability text not null default 'away' check (availability in ('available', 'away')),
  capacity int not null default 5,
  disabled_at timestamptz,
  -- Until its own link is used a membership gives nothing, even to an account that has a password.
  is_invited boolean not null default false,
  last_assigned_at timestamptz,
  primary key (site_id, member_id),
  unique (site_id, account_id),
  foreign key (site_id, vendor_id) references vendors,
  check ((role = 'vendor') = (vendor_id is not null))
);
create table member_sessions (
  session_id text primary key,
  token_hash text not null unique,
  account_id text not null references accounts,
  member_id text not null references members (member_id),
  created_at timestamptz not null,
  last_seen_at timestamptz not null,
  authenticated_at timestamptz not null,
  user_agent text not null
);
create index member_sessions_by_account on member_sessions (account_id);
create index member_sessions_by_member on member_sessions (member_id);
create table one_time_links (
  token_hash text primary key,
  purpose text not null,
  subject jsonb not null,
  expires_at timestamptz not null,
  used_at timestamptz
);
create index one_time_links_over on one_time_links (purpose, expires_at);
create table identity_keys (
  site_id text not null references sites,
  kid text not null,
  algorithm text not null check (algorithm in ('HS256', 'EdDSA')),
  sealed_key text not null,
  created_at timestamptz not null,
  created_by text not null,
  last_used_at timestamptz,
  revoked_at timestamptz,
  primary key (site_id, kid)
);

create table queues (
  site_id text not null references sites,
  queue_id text not null,
  name text not null,
  kind text not null check (kind in ('support', 'vendor')),
  vendor_id text,
  mode text not null default 'offer' check (mode in ('offer', 'pick')),
  offer_seconds int not null default 45,
  -- In the order they were made: the first support queue serves what no topic names.
  made bigint generated always as identity,
  removed_at timestamptz,
  primary key (site_id, queue_id),
  foreign key (site_id, vendor_id) references vendors,
  check ((kind = 'vendor') = (vendor_id is not null))
);
create table queue_members (
  site_id text not null,
  queue_id text not null,
  member_id text not null,
  primary key (site_id, queue_id, member_id),
  foreign key (site_id, queue_id) references queues,
  foreign key (site_id, member_id) references members
);
create table canned_replies (
  site_id text not null references sites,
  canned_reply_id text not null,
  vendor_id text,
  shortcut text not null,
  title text not null,
  text text not null,
  primary key (site_id, canned_reply_id)
);
create unique index canned_replies_shortcut on canned_replies (site_id, coalesce(vendor_id, ''), shortcut);

create table contacts (
  site_id text not null references sites,
  contact_id text not null,
  sub text,
  role text not null default 'buyer' check (role in ('buyer', 'vendor')),
  name text,
  email text,
  is_email_verified boolean not null default false,
  vendor_id text,
  orders jsonb not null default '[]',
  created_at timestamptz not null,
  primary key (site_id, contact_id)
);
create unique index contacts_sub on contacts (site_id, sub) where sub is not null;
create table visitors (
  site_id text not null,
  visitor_id text not null,
  contact_id text not null,
  token_hash text not null unique,
  -- Dead as a token; finds the earlier contact when the answer that carried the new token was lost.
  previous_token_hash text,
  identified_at timestamptz,
  -- The anonymous contact this browser had before it signed in.
  previous_contact_id text,
  locale text,
  time_zone text,
  page jsonb,
  created_at timestamptz not null,
  last_seen_at timestamptz not null,
  expires_at timestamptz not null,
  ended_at timestamptz,
  primary key (site_id, visitor_id),
  foreign key (site_id, contact_id) references contacts
);
create index visitors_previous_token on visitors (previous_token_hash) where previous_token_hash is not null;

create table conversations (
  site_id text not null references sites,
  conversation_id text not null unique,
  contact_id text not null,
  vendor_id text,
  queue_id text not null,
  assignee_id text,
  offered_to text,
  status text not null check (status in ('waiting', 'offered', 'open', 'snoozed', 'closed')),
  topic_id text,
  -- Heads of the three streams; staff see every event, so theirs is the sequence number.
  seq int not null,
  customer_position int not null,
  vendor_position int not null,
  started_at timestamptz not null,
  -- When each stream last moved; by the staff's time others would learn of what they must not know.
  updated_at timestamptz not null,
  customer_at timestamptz not null default now(),
  vendor_at timestamptz not null default now(),
  waiting_since timestamptz,
  -- When somebody first took it from the queue: the honest wait is read off this.
  first_assigned_at timestamptz,
  closed_at timestamptz,
  rating int,
  -- The fold of the log (shared/conversation); what each message changes in it apart, read as state || latest.
  state jsonb not null,
  latest jsonb not null default '{}',
  primary key (site_id, conversation_id),
  foreign key (site_id, contact_id) references contacts,
  foreign key (site_id, queue_id) references queues
);
-- No index holds what every message changes (heads, times, state): such an update touches none and stays on its page,
-- which is what the free space is for. Conversations that are not closed are few: a list sorts them.
alter table conversations set (fillfactor = 70);
create index conversations_by_contact on conversations (site_id, contact_id);
create index conversations_unclosed on conversations (site_id, status) where status <> 'closed';
create index conversations_by_assignee on conversations (site_id, assignee_id) where status <> 'closed';
create index conversations_offered on conversations (site_id, offered_to) where offered_to is not null;
create index conversations_by_vendor on conversations (site_id, vendor_id) where vendor_id is not null and status <> 'closed';
create index conversations_closed on conversations (site_id, closed_at desc, conversation_id desc) where status = 'closed';
create index conversations_closed_by_vendor on conversations (site_id, vendor_id, closed_at desc, conversation_id desc)
  where vendor_id is not null and status = 'closed';
create index conversations_in_line on conversations (site_id, queue_id, started_at) where status in ('waiting', 'offered');
create index conversations_waits on conversations (site_id, queue_id, first_assigned_at desc) where first_assigned_at is not null;

create table events (
  site_id text not null,
  conversation_id text not null,
  seq int not null,
  customer_position int,
  vendor_position int,
  type text not null,
  at timestamptz not null,
  actor_id text not null,
  request_id text,
  -- Which of the events of one request this is, and what was asked: a repeat gets its first answer.
  request_part int not null default 0,
  fingerprint text,
  by jsonb not null,
  payload jsonb not null,
  written_in xid8 not null default pg_current_xact_id(),
  primary key (conversation_id, seq)
);
create unique index events_request on events (conversation_id, actor_id, request_id, request_part) where request_id is not null;
create index events_written on events (written_in);
create index events_text on events using gin (to_tsvector('simple', payload->>'text')) where type = 'messageSent';

-- Requests that changed rows: a repeat within a day is refused instead of done twice.
create table row_requests (
  actor_id text not null,
  request_id text not null,
  at timestamptz not null,
  primary key (actor_id, request_id)
);
create index row_requests_at on row_requests (at);

create table marks (
  conversation_id text not null,
  reader_id text not null,
  side text not null check (side in ('customer', 'vendor', 'staff')),
  name text not null,
  delivered_seq int not null default 0,
  delivered_to text,
  read_seq int not null default 0,
  read_to text,
  at timestamptz not null,
  primary key (conversation_id, reader_id)
);

create table files (
  site_id text not null references sites,
  file_id text not null,
  conversation_id text,
  uploaded_by text not null,
  name text not null,
  type text not null,
  bytes int not null,
  width int,
  height int,
  sha256 text not null,
  blob_key text not null,
  thumbnail_key text,
  -- Served and sent only when clean; swept while its bytes are being removed.
  state text not null check (state in ('uploaded', 'scanning', 'clean', 'blocked', 'swept')),
  created_at timestamptz not null,
  sent_at timestamptz,
  primary key (site_id, file_id)
);
create index files_by_uploader on files (site_id, uploaded_by, created_at);

-- One row per letter: its id is the Message-ID of every try, and what the caps per address count. It never holds
-- the address itself.
create table mails (
  mail_id text primary key,
  site_id text not null references sites,
  conversation_id text not null,
  contact_id text not null,
  kind text not null check (kind in ('transcript', 'answer')),
  created_at timestamptz not null,
  address_digest text,
  claimed_at timestamptz,
  -- Head of the customer's stream that the letter carried.
  position int,
  sent_at timestamptz,
  dropped_at timestamptz,
  dropped_because text
);
create index mails_by_address on mails (address_digest, claimed_at) where address_digest is not null;
create index mails_by_conversation on mails (conversation_id, created_at);

create table member_presence (
  member_id text not null,
  node_id text not null,
  seen_at timestamptz not null,
  primary key (member_id, node_id)
);

create table audit (
  audit_id bigint generated always as identity primary key,
  at timestamptz not null,
  site_id text,
  actor_id text not null,
  actor_name text not null,
  action text not null,
  object text not null,
  reason text,
  ip text
);
create index audit_by_site on audit (site_id, audit_id desc);
create function audit_is_append_only() returns trigger language plpgsql as $$
begin
  raise exception 'The audit log is append-only';
end $$;
create trigger audit_append_only before update or delete on audit for each row execute function audit_is_append_only();
`,
}
