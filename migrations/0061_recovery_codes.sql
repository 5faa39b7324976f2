-- Codes on paper for whoever has lost everything else. Each works once.
create table recovery_codes (
  org_id    text not null,                      -- the home organization
  person_id text not null,
  hash      bytea not null,                     -- keyed, of the code and whose it is
  made_at   timestamptz not null,
  used_at   timestamptz,
  primary key (org_id, person_id, hash)
);

alter table recovery_codes enable row level security;
alter table recovery_codes force row level security;
create policy organization on recovery_codes
  using (org_id = (select livery_organization())) with check (org_id = (select livery_organization()));
grant select, insert, update, delete on recovery_codes to livery_app;
