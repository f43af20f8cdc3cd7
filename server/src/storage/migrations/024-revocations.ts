/** Who lost a right lately, on which node: for the others, should the word of it be lost on its way. */
export const revocations = {
  id: '024-revocations',
  up: `
create table revocations (
  written_in xid8 not null default pg_current_xact_id(),
  node_id text not null,
  who jsonb not null,
  at timestamptz not null
);
create index revocations_written on revocations (written_in);
create index revocations_at on revocations (at);
`,
}
