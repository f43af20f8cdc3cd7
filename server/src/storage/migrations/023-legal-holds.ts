/**
 * Who must not go, neither by the clock nor by being asked for. What a hold covers is weighed anew each time: a browser may sign
 * in, and a conversation move with it, long after the hold was placed.
 */
export const legalHolds = {
  id: '023-legal-holds',
  up: `
create table legal_holds (
  site_id text not null,
  contact_id text not null,
  held_at timestamptz not null,
  held_by text not null,
  reason text not null,
  primary key (site_id, contact_id),
  foreign key (site_id, contact_id) references contacts
);
create index visitors_of_contact on visitors (site_id, contact_id);
create index visitors_of_stranger on visitors (site_id, previous_contact_id) where previous_contact_id is not null;
-- The person, the strangers their browsers were before they signed in, and who a stranger became.
create view held_contacts as
  select site_id, contact_id, contact_id as held_as from legal_holds
  union all
  select h.site_id, s.contact_id, h.contact_id from legal_holds h
    join visitors v on v.site_id = h.site_id and v.contact_id = h.contact_id
    join contacts s on s.site_id = v.site_id and s.contact_id = v.previous_contact_id and s.sub is null
  union all
  select h.site_id, v.contact_id, h.contact_id from legal_holds h
    join contacts s on s.site_id = h.site_id and s.contact_id = h.contact_id and s.sub is null
    join visitors v on v.site_id = h.site_id and v.previous_contact_id = h.contact_id;
create view held_conversations as
  select c.site_id, c.conversation_id from held_contacts h
    join conversations c on c.site_id = h.site_id and c.contact_id = h.contact_id
  union all
  select c.site_id, c.conversation_id from held_contacts h
    join conversations c on c.site_id = h.site_id and c.room_members @> array[h.contact_id];
`,
}
