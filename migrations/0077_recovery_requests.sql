-- Somebody who has lost their second step asks their home to take it away: administrators decide, some time has to pass, and a
-- link brings them there. What people prove themselves with is their home's affair, so it is their home that keeps this.

create table recovery_requests (
  org_id       text not null,                   -- the home
  id           text not null,
  person_id    text not null,
  met_id       text not null,                   -- where they asked: what is written to them looks like it and leads there
  address      jsonb not null,
  locale       text not null,
  reason       text not null check (length(reason) <= 500),
  asked_from   text,                            -- the network address, for whoever decides
  user_agent   text,
  status       text not null default 'waiting' check (status in ('waiting', 'approved', 'declined', 'cancelled', 'completed', 'expired')),
  created_at   timestamptz not null,
  expires_at   timestamptz not null,            -- nothing has to run for it to be over
  decided_at   timestamptz,
  decided_home text,
  decided_by   text,
  note         text check (length(note) <= 500),
  ready_at     timestamptz,                     -- not before then does anything happen
  link_sent_at timestamptz,
  closed_at    timestamptz,
  primary key (org_id, id)
);
-- One at a time.
create unique index recovery_requests_open on recovery_requests (org_id, person_id) where status in ('waiting', 'approved');
create index recovery_requests_newest on recovery_requests (org_id, created_at desc, id desc);

alter table recovery_requests enable row level security;
alter table recovery_requests force row level security;
create policy organization on recovery_requests
  using (org_id = (select livery_organization())) with check (org_id = (select livery_organization()));
grant select, insert, update, delete on recovery_requests to livery_app;
