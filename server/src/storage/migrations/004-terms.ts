/** What breaks the terms, in versions that are only ever added to: a judgement names the one it followed. */
export const terms = {
  id: '004-terms',
  up: `
create table term_rules (
  site_id text not null references sites,
  version int not null check (version > 0),
  rules jsonb not null,
  saved_at timestamptz not null,
  saved_by text not null,
  saved_by_id text not null,
  primary key (site_id, version)
);
create function term_rules_are_append_only() returns trigger language plpgsql as $$
begin
  raise exception 'A version of the rules is never changed';
end $$;
create trigger term_rules_append_only before update or delete on term_rules
  for each row execute function term_rules_are_append_only();
`,
}
