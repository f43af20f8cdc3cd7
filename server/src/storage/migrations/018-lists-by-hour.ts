/**
 * In which hour a conversation last moved. An index on the time itself would be written with every message; on the hour it is
 * written once an hour, and a list reads only the newest hours and sorts within them.
 */
export const listsByHour = {
  id: '018-lists-by-hour',
  up: `
alter table conversations add column updated_hour timestamp
  generated always as (date_trunc('hour', updated_at at time zone 'UTC')) stored;
create index conversations_unclosed_by_hour on conversations (site_id, updated_hour desc) where status <> 'closed';
`,
}
