-- What people have agreed to, at the organization met: each version of a document once. No foreign key crosses organizations.
create table consents (
  org_id    text not null,                      -- the organization met
  home_id   text not null,
  person_id text not null,
  document  text not null,
  version   integer not null,
  agreed_at timestamptz not null,
  primary key (org_id, home_id, person_id, document, version)
);

alter table consents enable row level security;
alter table consents force row level security;
create policy organization on consents using (org_id = (select livery_organization())) with check (org_id = (select livery_organization()));
grant select, insert, update, delete on consents to livery_app;
