/** The record of a vendor stays append-only, but for the words and the name of an applicant who asked to be forgotten. */
export const erasedApplicants = {
  id: '016-erased-applicants',
  up: `
create or replace function vendor_states_are_append_only() returns trigger language plpgsql as $$
begin
  if tg_op = 'UPDATE' and new.why = 'Erased' and new.by_name in (old.by_name, 'Erased')
    and to_jsonb(new) - 'why' - 'by_name' = to_jsonb(old) - 'why' - 'by_name' then
    return new;
  end if;
  raise exception 'The states of a vendor are append-only';
end $$;
`,
}
