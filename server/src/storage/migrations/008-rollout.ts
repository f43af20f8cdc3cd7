/** Who has a feature, with every rule it ever had: a conversation is compared under the rule of its own time. */
export const rollout = {
  id: '008-rollout',
  up: `
create table rollouts (
  site_id text not null references sites,
  feature text not null,
  revision int not null,
  rule jsonb not null,
  changed_at timestamptz not null,
  changed_by text not null,
  primary key (site_id, feature, revision)
);
`,
}
