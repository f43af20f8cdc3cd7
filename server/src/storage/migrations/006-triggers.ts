/** Rules that offer help, every version of them, and what pages counted. */
export const triggers = {
  id: '006-triggers',
  up: `
create table triggers (
  site_id text not null references sites,
  trigger_id text not null,
  place integer not null,
  version integer not null,
  primary key (site_id, trigger_id)
);
-- Versions stay when their trigger is removed.
create table trigger_versions (
  site_id text not null references sites,
  trigger_id text not null,
  version integer not null,
  name text not null,
  is_on boolean not null,
  rule jsonb not null,
  saved_at timestamptz not null,
  saved_by text not null,
  primary key (site_id, trigger_id, version)
);
create table trigger_settings (
  site_id text primary key references sites,
  settings jsonb not null
);
-- Of the launcher where trigger_id is empty.
create table trigger_counts (
  site_id text not null references sites,
  trigger_id text not null,
  day date not null,
  name text not null,
  times bigint not null,
  primary key (site_id, trigger_id, day, name)
);
create index trigger_counts_by_day on trigger_counts (site_id, day);
`,
}
