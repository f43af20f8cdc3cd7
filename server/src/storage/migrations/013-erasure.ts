/** When a person was erased: the row stays, so that what points at it still stands, and holds nothing. */
export const erasure = {
  id: '013-erasure',
  up: `
alter table contacts add column erased_at timestamptz;
`,
}
