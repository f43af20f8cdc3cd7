/** Signed tokens that name themselves (`jti`), and the visit that each was used in; gone once the token has expired. */
export const usedIdentities = {
  id: '020-used-identities',
  up: `
create table used_identities (
  site_id text not null references sites,
  -- Of the key's id and the token's: two keys number for themselves.
  use_hash text not null,
  visitor_id text not null,
  expires_at timestamptz not null,
  primary key (site_id, use_hash)
);
create index used_identities_over on used_identities (expires_at);
`,
}
