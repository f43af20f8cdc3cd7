/**
 * What finds a person by an address that is sealed, and how far sealing has come with the key of today. Addresses in clear
 * are found by the indexes of before until they are sealed.
 */
export const sealedFields = {
  id: '023-sealed-fields',
  up: `
alter table contacts add column email_digest text;
alter table vendor_applications add column email_digest text;
create index contacts_by_digest on contacts (site_id, email_digest) where email_digest is not null;
create index events_given_digest on events (site_id, (payload->>'emailDigest')) where type = 'contactDetailsGiven';
create table sealed_fields (
  key_id text primary key,
  began_at timestamptz not null,
  contacts_to text[] not null default '{"",""}',
  applicants_to text[] not null default '{"",""}',
  conversations_to text not null default '',
  has_found boolean not null default false,
  sealed_until timestamptz
);
`,
}
