-- What one page leaves for the next that no cookie holds: a long answer to a form, or a file that somebody is about to import.
-- Sealed, for whoever left it, and gone after a while.
create table notes (
  org_id     text not null,
  id         text not null,
  person_id  text not null,                     -- whose it is
  content    bytea not null,                    -- sealed
  expires_at timestamptz not null,
  primary key (org_id, id)
);
create index notes_person on notes (org_id, person_id, expires_at);
create index notes_expires on notes (org_id, expires_at);

alter table notes enable row level security;
alter table notes force row level security;
create policy organization on notes
  using (org_id = (select livery_organization())) with check (org_id = (select livery_organization()));
grant select, insert, update, delete on notes to livery_app;
