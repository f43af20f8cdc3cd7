/**
 * The audit as one hash chain per site, and one for what belongs to no site. A line takes its place when its transaction
 * commits: the head is locked last and for a moment, so no two transactions wait for each other's rows through it.
 * What can be erased (names, addresses, reasons) is in the hash as a salted digest; without the salt the digest tells
 * nothing, and the chain still holds. The form that is hashed is written down once more in audit/chain.ts.
 */
export const audit = {
  id: '005-audit',
  up: `
drop trigger audit_append_only on audit;
drop function audit_is_append_only();
drop index audit_by_site;

alter table audit
  alter column actor_name drop not null,
  alter column at set default date_trunc('milliseconds', clock_timestamp()),
  add column acting_as text,
  add column session_id text default nullif(current_setting('parley.session_id', true), ''),
  add column request_id text default nullif(current_setting('parley.request_id', true), ''),
  add column result text not null default 'done' check (result in ('done', 'refused')),
  add column before_digest text,
  add column after_digest text,
  add column who_salt text,
  add column reason_salt text,
  add column who_digest text,
  add column reason_digest text,
  add column chain text,
  add column number bigint,
  add column previous_hash text,
  add column hash text;

create index audit_unplaced on audit (audit_id) where hash is null;

create table audit_heads (
  chain text primary key,
  number bigint not null,
  hash text not null
);
alter table audit_heads set (fillfactor = 20);

-- By its length a field ends where it ends, whatever it holds; nothing is not the same as empty.
create function audit_field(value text) returns text language sql immutable as $$
  select case when value is null then '-,' else octet_length(value) || ':' || value || ',' end
$$;
create function audit_digest(value text) returns text language sql immutable as $$
  select encode(sha256(convert_to(value, 'UTF8')), 'hex')
$$;

create function audit_seal(line_id bigint, moment timestamptz) returns void language plpgsql as $$
declare
  line audit;
  head audit_heads;
begin
  select * into line from audit where audit_id = line_id;
  line.chain := coalesce(line.site_id, '');
  -- A transaction that writes to several chains takes them all at once and in order: two such never wait for each other.
  insert into audit_heads (chain, number, hash)
    select distinct coalesce(site_id, ''), 0, repeat('0', 64) from audit where hash is null order by 1
    on conflict do nothing;
  perform from audit_heads where chain in (select coalesce(site_id, '') from audit where hash is null)
    order by chain for update;
  select * into head from audit_heads where chain = line.chain;
  line.number := head.number + 1;
  line.previous_hash := head.hash;
  line.at := date_trunc('milliseconds', coalesce(moment, clock_timestamp()));
  line.who_salt := replace(gen_random_uuid()::text, '-', '');
  line.reason_salt := replace(gen_random_uuid()::text, '-', '');
  line.who_digest := audit_digest(audit_field(line.who_salt) || audit_field(line.actor_name) || audit_field(line.ip));
  line.reason_digest := audit_digest(audit_field(line.reason_salt) || audit_field(line.reason));
  line.hash := audit_digest(
    audit_field('parley-audit-1') || audit_field(line.chain) || audit_field(line.number::text)
    || audit_field(line.previous_hash) || audit_field((extract(epoch from line.at) * 1000)::bigint::text)
    || audit_field(line.actor_id) || audit_field(line.acting_as) || audit_field(line.session_id)
    || audit_field(line.request_id) || audit_field(line.action) || audit_field(line.object)
    || audit_field(line.result) || audit_field(line.before_digest) || audit_field(line.after_digest)
    || audit_field(line.who_digest) || audit_field(line.reason_digest));
  update audit set chain = line.chain, number = line.number, previous_hash = line.previous_hash, at = line.at,
    who_salt = line.who_salt, reason_salt = line.reason_salt, who_digest = line.who_digest,
    reason_digest = line.reason_digest, hash = line.hash where audit_id = line_id;
  update audit_heads set number = line.number, hash = line.hash where chain = line.chain;
end $$;

-- What was written before there was a chain.
do $$
declare
  one record;
begin
  for one in select audit_id, at from audit order by audit_id loop
    perform audit_seal(one.audit_id, one.at);
  end loop;
end $$;

create unique index audit_in_chain on audit (chain, number);
create index audit_by_actor on audit (site_id, actor_id, action, at);
create index audit_by_object on audit (site_id, object, at);

create function audit_takes_its_place() returns trigger language plpgsql as $$
begin
  perform audit_seal(new.audit_id, null);
  return null;
end $$;
create constraint trigger audit_chained after insert on audit deferrable initially deferred
  for each row execute function audit_takes_its_place();

create function audit_is_append_only() returns trigger language plpgsql as $$
declare
  sealed text[] := array['chain', 'number', 'previous_hash', 'at', 'who_salt', 'reason_salt', 'who_digest',
    'reason_digest', 'hash'];
  erasable text[] := array['actor_name', 'ip', 'who_salt', 'reason', 'reason_salt'];
begin
  if tg_op = 'UPDATE' then
    if old.hash is null and new.hash is not null and to_jsonb(new) - sealed = to_jsonb(old) - sealed then
      return new;
    end if;
    if to_jsonb(new) - erasable = to_jsonb(old) - erasable
      and ((new.actor_name, new.ip, new.who_salt) is not distinct from (old.actor_name, old.ip, old.who_salt)
        or (new.actor_name is null and new.ip is null and new.who_salt is null))
      and ((new.reason, new.reason_salt) is not distinct from (old.reason, old.reason_salt)
        or (new.reason is null and new.reason_salt is null)) then
      return new;
    end if;
  end if;
  raise exception 'The audit log is append-only';
end $$;
create trigger audit_append_only before update or delete on audit
  for each row execute function audit_is_append_only();
create trigger audit_never_emptied before truncate on audit
  for each statement execute function audit_is_append_only();
`,
}
