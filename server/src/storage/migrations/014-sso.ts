/** Signing in through the marketplace's own identity provider. */
export const sso = {
  id: '014-sso',
  up: `
-- The issuer and its name for the person: an address given to somebody else later opens nothing.
alter table accounts add column sso_subject text unique;
-- The provider has asked for whatever second factor it wants.
alter table member_sessions add column is_sso boolean not null default false;
`,
}
