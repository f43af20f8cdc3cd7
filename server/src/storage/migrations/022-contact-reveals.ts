/** Who had a way to reach a customer shown, so that it is so many a day whichever node is asked; why is in the audit. */
export const contactReveals = {
  id: '022-contact-reveals',
  up: `
create table contact_reveals (
  site_id text not null references sites,
  member_id text not null,
  request_id text not null,
  conversation_id text not null,
  field text not null,
  at timestamptz not null,
  primary key (site_id, member_id, request_id)
);
`,
}
