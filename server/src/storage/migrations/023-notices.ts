/** Each wording of a site's notice that somebody was shown, under its version. */
export const notices = {
  id: '023-notices',
  up: `
create table notices (
  site_id text not null references sites,
  version int not null,
  words text not null,
  first_shown_at timestamptz not null,
  primary key (site_id, version),
  unique (site_id, words)
);
`,
}
