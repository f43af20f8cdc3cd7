/** Scorecards: what is reviewed, on which version of the rubric, what came of it, and who decided a dispute. */
export const reviews = {
  id: '007-reviews',
  up: `
create table review_rubrics (
  site_id text not null references sites,
  version int not null,
  criteria jsonb not null,
  saved_at timestamptz not null,
  saved_by text not null,
  primary key (site_id, version)
);
create table review_rules (
  site_id text primary key references sites,
  rules jsonb not null
);
create table reviews (
  site_id text not null references sites,
  review_id text not null,
  conversation_id text not null,
  about_member text not null,
  vendor_id text,
  reasons text[] not null,
  state text not null check (state in ('waiting', 'started', 'finished', 'disputed', 'decided')),
  chosen_at timestamptz not null,
  closed_at timestamptz not null,
  reviewer_id text,
  rubric_version int not null,
  marks jsonb not null default '{}',
  comments jsonb not null default '[]',
  summary text not null default '',
  score int,
  finished_at timestamptz,
  dispute text,
  disputed_by text,
  disputed_at timestamptz,
  decision text,
  is_upheld boolean,
  decided_by text,
  decided_at timestamptz,
  primary key (site_id, review_id),
  unique (site_id, conversation_id),
  foreign key (site_id, rubric_version) references review_rubrics
);
create index reviews_open on reviews (site_id, state, review_id) where state in ('waiting', 'started', 'disputed');
create index reviews_about on reviews (site_id, about_member, chosen_at);
create index reviews_of_vendor on reviews (site_id, vendor_id, finished_at) where vendor_id is not null;
create index reviews_finished on reviews (site_id, finished_at) where finished_at is not null;
`,
}
