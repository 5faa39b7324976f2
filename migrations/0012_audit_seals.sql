-- The audit trail, sealed: batches of records in a chain per organization, under a key that is not in the database. Whoever
-- changes, removes, inserts or reorders a record afterwards is found out.

create table audit_seals (
  org_id    text not null,
  number    integer not null,                   -- from 1, without gaps
  first_id  text not null,
  last_id   text not null,
  leaves    bytea not null,                     -- 16 bytes of each record's hash, in the order of their ids
  hash      bytea not null,                     -- keyed, over the seal before, the leaves and what stands above
  sealed_at timestamptz not null default now(),
  primary key (org_id, number)
);
alter table audit_seals enable row level security;
alter table audit_seals force row level security;
create policy organization on audit_seals using (org_id = (select livery_organization())) with check (org_id = (select livery_organization()));
-- Append-only, like the records.
grant select, insert on audit_seals to livery_app;

-- What the viewer and the figures of use ask for.
create index audit_records_action on audit_records (org_id, action, id);
create index audit_records_target on audit_records (org_id, target_id, id);
create index audit_records_actor on audit_records (org_id, actor_id, id);

create index outbox_delivered on outbox ((payload ->> 'organizationId'), finished_at) where status = 'done';

-- How much an organization is used, by day (UTC). What is on record anyway is counted when it is asked for; this is what
-- stays of it once the outbox has forgotten.
create table usage_days (
  org_id   text not null,
  day      date not null,
  people   integer,                             -- who belonged when it was last counted; null where nobody counted
  sign_ins integer not null default 0,
  mails    integer not null default 0,
  primary key (org_id, day)
);
alter table usage_days enable row level security;
alter table usage_days force row level security;
create policy organization on usage_days using (org_id = (select livery_organization())) with check (org_id = (select livery_organization()));
grant select, insert, update, delete on usage_days to livery_app;
