-- Phones that codes are sent to, each proven by a code. Not the number of a profile, which anybody may type.
create table phone_factors (
  org_id       text not null,                   -- the home organization
  id           text not null,
  person_id    text not null,
  number       text not null,                   -- E.164
  verified_at  timestamptz not null,
  last_used_at timestamptz,
  primary key (org_id, id),
  unique (org_id, person_id, number)
);

alter table phone_factors enable row level security;
alter table phone_factors force row level security;
create policy organization on phone_factors
  using (org_id = (select livery_organization())) with check (org_id = (select livery_organization()));
grant select, insert, update, delete on phone_factors to livery_app;
