export const timers = {
  id: '000-timers',
  up: `
    create table timers (
      kind text not null,
      key text not null,
      due_at timestamptz not null,
      payload jsonb not null,
      revision bigint not null default 0,
      tries integer not null default 0,
      locked_until timestamptz,
      parked_at timestamptz,
      reason text,
      primary key (kind, key)
    );
    create index timers_due on timers (due_at) where parked_at is null;
  `,
}
