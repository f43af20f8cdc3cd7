/**
 * When a member was erased: the row stays, so that what points at it still stands, and names nobody. What is append-only stays
 * so, but for the name of such a member.
 */
export const erasedMembers = {
  id: '017-erased-members',
  up: `
alter table members add column erased_at timestamptz;
create or replace function vendor_states_are_append_only() returns trigger language plpgsql as $$
begin
  if tg_op = 'UPDATE' and to_jsonb(new) - 'why' - 'by_name' = to_jsonb(old) - 'why' - 'by_name' and (
    (new.why = 'Erased' and new.by_name in (old.by_name, 'Erased'))
    or (new.why = old.why and new.by_name = 'Former member')) then
    return new;
  end if;
  raise exception 'The states of a vendor are append-only';
end $$;
create or replace function term_rules_are_append_only() returns trigger language plpgsql as $$
begin
  if tg_op = 'UPDATE' and new.saved_by = 'Former member'
    and to_jsonb(new) - 'saved_by' = to_jsonb(old) - 'saved_by' then
    return new;
  end if;
  raise exception 'A version of the rules is never changed';
end $$;
`,
}
