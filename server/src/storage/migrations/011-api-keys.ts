/** What lets the marketplace's own server in. Only the hash of a key is kept. */
export const apiKeys = {
  id: '011-api-keys',
  up: `
create table api_keys (
  site_id text not null references sites,
  key_id text not null,
  name text not null,
  scopes text[] not null,
  secret_hash text not null unique,
  created_at timestamptz not null,
  created_by text not null,
  last_used_at timestamptz,
  revoked_at timestamptz,
  primary key (site_id, key_id)
);
`,
}
