/** Where events go, and what became of each. A delivery names its event and holds nothing of it: what is sent is read from the log. */
export const webhooks = {
  id: '012-webhooks',
  up: `
create table webhooks (
  site_id text not null references sites,
  webhook_id text not null unique,
  url text not null,
  label text not null,
  event_types text[] not null,
  sealed_secret text not null,
  sealed_previous text,
  previous_until timestamptz,
  created_at timestamptz not null,
  created_by text not null,
  state text not null check (state in ('on', 'off', 'failing', 'gone')),
  state_since timestamptz not null,
  failing_since timestamptz,
  primary key (site_id, webhook_id)
);
create table webhook_deliveries (
  site_id text not null,
  delivery_id text primary key,
  webhook_id text not null,
  -- In the order they were made.
  number bigint generated always as identity,
  type text not null,
  conversation_id text,
  seq int,
  created_at timestamptz not null,
  state text not null check (state in ('waiting', 'delivered', 'parked')),
  due_at timestamptz not null,
  -- A node that dies while sending keeps it this long.
  locked_until timestamptz,
  -- Tries since it was made or replayed last: the next wait follows from it.
  round int not null default 0,
  tries jsonb not null default '[]',
  unique (webhook_id, conversation_id, seq)
);
-- It refers to no row of webhooks by a key: writing an event must not wait for somebody who changes one.
create index webhook_deliveries_due on webhook_deliveries (webhook_id, due_at) where state = 'waiting';
create index webhook_deliveries_listed on webhook_deliveries (webhook_id, number desc);
create index webhook_deliveries_old on webhook_deliveries (created_at);
`,
}
