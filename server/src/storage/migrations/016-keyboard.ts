/** How a person uses the keys of the console: theirs in every browser and every site. */
export const keyboard = {
  id: '016-keyboard',
  up: `
alter table accounts add column keyboard jsonb not null default '{"keys": {}, "hasSingleKeys": true}';
`,
}
