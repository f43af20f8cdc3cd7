/** The life of a vendor: where it stands and how it came there, what was checked, what its people have learnt. */
export const vendors = {
  id: '003-vendors',
  up: `
alter table vendors add column state text not null default 'active'
  check (state in ('applied', 'underReview', 'training', 'probation', 'active', 'restricted', 'suspended', 'refused'));
update vendors set state = 'suspended' where not is_active;
alter table vendors drop column is_active;
-- Derived, never set: its people answer.
alter table vendors add column is_active boolean generated always as (state in ('probation', 'active', 'restricted')) stored;
alter table vendors
  add column state_since timestamptz not null default now(),
  -- When a restriction or suspension is looked at again.
  add column state_until timestamptz,
  -- What was checked is too old from then on.
  add column vetted_until timestamptz,
  add column capacity_limit int,
  add column closed_topics text[] not null default '{}',
  add column links_off boolean not null default false,
  -- As the latest look over all vendors found it; profiles work it out anew.
  add column standing jsonb;
create index vendors_by_state on vendors (site_id, state);

create table vendor_states (
  site_id text not null,
  vendor_id text not null,
  step bigint generated always as identity,
  at timestamptz not null,
  by_id text not null,
  by_name text not null,
  is_by_rule boolean not null,
  act text not null,
  from_state text,
  to_state text not null,
  why text not null,
  until timestamptz,
  conversation_ids text[] not null default '{}',
  primary key (site_id, vendor_id, step),
  foreign key (site_id, vendor_id) references vendors
);
create function vendor_states_are_append_only() returns trigger language plpgsql as $$
begin
  raise exception 'The states of a vendor are append-only';
end $$;
create trigger vendor_states_append_only before update or delete on vendor_states
  for each row execute function vendor_states_are_append_only();
insert into vendor_states (site_id, vendor_id, at, by_id, by_name, is_by_rule, act, to_state, why)
  select site_id, vendor_id, now(), 'system:migration', 'Parley', true, 'added', state, 'Was here before vendors had a record'
  from vendors;

create table vendor_rules (
  site_id text primary key references sites,
  rules jsonb not null,
  terms_version int not null default 1,
  saved_at timestamptz not null,
  saved_by text not null
);
create table vendor_terms (
  site_id text not null references sites,
  version int not null,
  text text not null,
  saved_at timestamptz not null,
  primary key (site_id, version)
);

create table vendor_applications (
  site_id text not null,
  vendor_id text not null,
  company text not null,
  contact_name text not null,
  email text not null,
  email_confirmed_at timestamptz,
  phone text,
  website text,
  about text not null,
  categories text[] not null,
  terms_version int not null,
  applied_at timestamptz not null,
  -- What opens it: the browser that applied, and the newest link that was sent or shown.
  token_hash text not null unique,
  link_hash text unique,
  checked jsonb not null default '{}',
  -- Where two people approve: what the first of them said.
  first_approval jsonb,
  primary key (site_id, vendor_id),
  foreign key (site_id, vendor_id) references vendors
);
create index vendor_applications_by_email on vendor_applications (site_id, email, applied_at);
create table vendor_words (
  site_id text not null,
  vendor_id text not null,
  word_id bigint generated always as identity,
  at timestamptz not null,
  side text not null check (side in ('staff', 'applicant')),
  by_name text not null,
  text text not null,
  primary key (site_id, vendor_id, word_id),
  foreign key (site_id, vendor_id) references vendors
);
-- Kept for another end than a conversation: a document of a vendor, a picture of a training.
alter table files add column kept_for text check (kept_for in ('vetting', 'training'));
create table vendor_documents (
  site_id text not null,
  vendor_id text not null,
  document_id text not null,
  kind text not null,
  label text not null,
  file_id text not null,
  given_at timestamptz not null,
  verdict text check (verdict in ('accepted', 'refused')),
  checked_by text,
  checked_at timestamptz,
  expires_at timestamptz,
  primary key (site_id, document_id),
  foreign key (site_id, vendor_id) references vendors,
  foreign key (site_id, file_id) references files
);
create index vendor_documents_by_vendor on vendor_documents (site_id, vendor_id);

create table vendor_appeals (
  site_id text not null,
  vendor_id text not null,
  appeal_id text not null,
  at timestamptz not null,
  by_id text not null,
  by_name text not null,
  text text not null,
  decided_at timestamptz,
  decided_by text,
  decided_by_name text,
  verdict text check (verdict in ('grant', 'keep')),
  reason text,
  primary key (site_id, appeal_id),
  foreign key (site_id, vendor_id) references vendors
);
create unique index vendor_appeals_open on vendor_appeals (site_id, vendor_id) where decided_at is null;

create table training_modules (
  site_id text not null references sites,
  module_id text not null,
  version int not null,
  title text not null,
  -- Null is asked of everybody who answers.
  topic_id text,
  content jsonb not null,
  pass_percent int not null,
  attempts_per_day int not null,
  certificate_days int not null,
  is_published boolean not null,
  saved_at timestamptz not null,
  saved_by text not null,
  primary key (site_id, module_id)
);
-- What each certificate was given for stays readable.
create table training_versions (
  site_id text not null,
  module_id text not null,
  version int not null,
  title text not null,
  content jsonb not null,
  saved_at timestamptz not null,
  saved_by text not null,
  primary key (site_id, module_id, version),
  foreign key (site_id, module_id) references training_modules
);
create table training_attempts (
  site_id text not null,
  attempt_id text not null,
  module_id text not null,
  version int not null,
  member_id text not null,
  answers jsonb not null,
  percent int not null,
  has_passed boolean not null,
  at timestamptz not null,
  primary key (site_id, attempt_id),
  foreign key (site_id, module_id) references training_modules
);
create index training_attempts_by_member on training_attempts (site_id, member_id, module_id, at);
create table training_certificates (
  site_id text not null,
  member_id text not null,
  module_id text not null,
  version int not null,
  attempt_id text not null,
  given_at timestamptz not null,
  expires_at timestamptz not null,
  primary key (site_id, member_id, module_id),
  foreign key (site_id, module_id) references training_modules
);
create index training_certificates_over on training_certificates (expires_at);

create table vendor_products (
  site_id text not null,
  product_id text not null,
  vendor_id text not null,
  name text not null,
  saved_at timestamptz not null,
  primary key (site_id, product_id),
  foreign key (site_id, vendor_id) references vendors
);
create index vendor_products_by_vendor on vendor_products (site_id, vendor_id);

-- Cases that people judged, filled by whoever keeps them: a reviewer's score in percent; 1 for a conversation with a
-- flag that stood, 0 for one that was looked at and had none.
create view vendor_score_cases as
  select ''::text as site_id, ''::text as vendor_id, ''::text as conversation_id, now() as at, 0::numeric as value where false;
create view vendor_flag_cases as
  select ''::text as site_id, ''::text as vendor_id, ''::text as conversation_id, now() as at, 0::numeric as value where false;

-- May this member answer about this topic now? One answer for offers, taking, passing on and sending.
create function vendor_answers(in_site text, in_member text, in_topic text, in_at timestamptz) returns boolean
language sql stable as $$
  select m.vendor_id is null or (
    v.is_active and (v.vetted_until is null or v.vetted_until > in_at)
    and not coalesce(v.state = 'restricted' and in_topic = any(v.closed_topics), false)
    and not exists (
      select from training_modules t
      where t.site_id = m.site_id and t.is_published and (t.topic_id is null or t.topic_id = in_topic)
        and not exists (
          select from training_certificates c where c.site_id = m.site_id and c.member_id = m.member_id
            and c.module_id = t.module_id and c.expires_at > in_at)))
  from members m left join vendors v on v.site_id = m.site_id and v.vendor_id = m.vendor_id
  where m.site_id = in_site and m.member_id = in_member
$$;
`,
}
