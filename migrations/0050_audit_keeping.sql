-- What an organization wants of its trail, and what was found when it was last held against its seals.

create table audit_keeping (
  org_id         text primary key,
  retention_days integer check (retention_days between 90 and 36500),  -- how long details are kept; null: for good
  checked_at     timestamptz,                   -- when the trail was last held against its seals; null: never
  checked        integer not null default 0,    -- how many sealed records were looked at
  faults         integer not null default 0,    -- how many of them are not what was sealed
  unsealed       integer not null default 0     -- how many waited for their seal
);
alter table audit_keeping enable row level security;
alter table audit_keeping force row level security;
create policy organization on audit_keeping using (org_id = (select livery_organization())) with check (org_id = (select livery_organization()));
grant select, insert, update, delete on audit_keeping to livery_app;

-- What the browser said of itself, in two words of a short list. Part of what is sealed where it is known.
alter table audit_records add column browser text;
alter table audit_records add column system text;
