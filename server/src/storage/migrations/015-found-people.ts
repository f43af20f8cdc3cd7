/** What finds a person by address or name without looking at everybody. */
export const foundPeople = {
  id: '015-found-people',
  up: `
create index contacts_by_email on contacts (site_id, lower(email)) where email is not null;
create index contacts_by_name on contacts (site_id, lower(name) text_pattern_ops) where name is not null;
create index events_given_email on events (site_id, lower(payload->>'email')) where type = 'contactDetailsGiven';
`,
}
