/**
 * Any part of a customer's name or of an order's number is found by its trigrams. A database whose owner may not have them is
 * searched row by row, as before. What each message changes is not in this index, so that such an update still touches none.
 */
export const searchedNames = {
  id: '021-searched-names',
  up: `
do $$ begin
  create extension if not exists pg_trgm;
  create index conversations_searched on conversations using gin
    ((state->'customer'->>'name') gin_trgm_ops, (state->'about'->'order'->>'id') gin_trgm_ops);
exception when insufficient_privilege or undefined_file or feature_not_supported or undefined_object then
  raise notice 'Without the extension pg_trgm names are searched row by row.';
end $$;
`,
}
