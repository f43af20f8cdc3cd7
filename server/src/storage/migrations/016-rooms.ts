/** Rooms: conversations among vendors or among buyers, which are nobody's as a customer and stand in no queue. */
export const rooms = {
  id: '016-rooms',
  up: `
alter table conversations alter column contact_id drop not null;
alter table conversations alter column queue_id drop not null;
-- Who is in it, by vendor or by contact; null for every conversation that is not a room.
alter table conversations add column room_members text[];
create index conversations_rooms on conversations using gin (room_members) where room_members is not null;
`,
}
