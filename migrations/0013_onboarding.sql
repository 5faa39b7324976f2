-- Businesses that become organizations by themselves, at /start of the one that they will be below.

-- What is begun there is an attempt like any other.
alter table attempts drop constraint attempts_kind_check;
alter table attempts add constraint attempts_kind_check check (kind in ('sign-in', 'sign-up', 'recovery', 'start'));

-- A business whose address is proven, where somebody has to agree first. Of each mailbox one waits, and each name in addresses
-- is waited for once.
create table business_requests (
  org_id          text not null,                -- the organization that it would be below
  id              text not null,
  name            text not null,
  handle          text collate "C" not null,
  email           text collate "C" not null,    -- canonical
  given_name      text not null,
  family_name     text not null,
  locale          text not null,
  password_hash   text,                         -- of whoever will be its owner; gone once it is decided
  status          text not null default 'waiting' check (status in ('waiting', 'approved', 'declined')),
  created_at      timestamptz not null,
  decided_at      timestamptz,
  organization_id text,                         -- what has become of it
  primary key (org_id, id)
);
create unique index business_requests_email on business_requests (org_id, email) where status = 'waiting';
create unique index business_requests_handle on business_requests (org_id, handle) where status = 'waiting';
create index business_requests_newest on business_requests (org_id, created_at desc, id desc);
create index business_requests_decided on business_requests (org_id, decided_at) where decided_at is not null;

alter table business_requests enable row level security;
alter table business_requests force row level security;
create policy organization on business_requests
  using (org_id = (select livery_organization())) with check (org_id = (select livery_organization()));
grant select, insert, update, delete on business_requests to livery_app;
