-- What every write leaves behind: an audit record and, where somebody has to hear of it, an outbox row.
-- Both commit with the change or not at all.

create table audit_records (
  org_id       text not null,
  id           text not null,
  at           timestamptz not null default now(),
  actor_kind   text not null,                   -- person, visitor, service, system
  actor_home_id text,
  actor_id     text,
  action       text not null,                   -- 'session.started', 'person.profile_changed', …
  target_kind  text not null,
  target_id    text not null,
  details_hash bytea not null,                  -- salted, so that emptied details cannot be guessed back
  address      text,                            -- where from: the peer's address, IPv6 whole
  request_id   text,
  primary key (org_id, id)
);
-- Before and after, with secrets masked. In a table of its own because erasure may empty it.
create table audit_details (
  org_id    text not null,
  record_id text not null,
  details   jsonb not null,
  primary key (org_id, record_id)
);

alter table audit_records enable row level security;
alter table audit_records force row level security;
create policy organization on audit_records using (org_id = (select livery_organization())) with check (org_id = (select livery_organization()));
alter table audit_details enable row level security;
alter table audit_details force row level security;
create policy organization on audit_details using (org_id = (select livery_organization())) with check (org_id = (select livery_organization()));

-- Append-only for the application: no update, no delete.
grant select, insert on audit_records to livery_app;
grant select, insert, delete on audit_details to livery_app;

-- The outbox is global, because workers claim across organizations; it doubles as the delivery log.
create table outbox (
  id           text primary key,
  org_id       text not null,
  event        text not null,                   -- 'email.recover-password', …
  payload      jsonb not null,
  priority     smallint not null default 5,     -- 0 goes first: codes before notices
  status       text not null default 'waiting' check (status in ('waiting', 'claimed', 'done', 'dead', 'expired')),
  attempts     integer not null default 0,
  run_at       timestamptz not null default now(),
  lease_until  timestamptz,
  expires_at   timestamptz,                     -- a code that is no longer valid is not sent
  last_error   text,
  created_at   timestamptz not null default now(),
  finished_at  timestamptz
);
create index outbox_due on outbox (priority, run_at, id) where status in ('waiting', 'claimed');
create index outbox_organization on outbox (org_id, created_at);

-- Durable limits by hashed subject: the key says what is limited, never who in clear text.
create table limits (
  key        bytea primary key,
  count      integer not null,
  resets_at  timestamptz not null
);
create index limits_resets on limits (resets_at);

-- The built-in mailbox of demo and dev (no SMTP_URL). Global: one page shows everybody's mail.
create table mailbox (
  id           text primary key,
  org_id       text not null,
  message_id   text not null unique,            -- a repeated delivery of one outbox row is the same mail
  recipient    text not null,
  sender       text not null,
  subject      text not null,
  html         text not null,
  text         text not null,
  headers      jsonb not null,
  template     text not null,
  received_at  timestamptz not null default now()
);
create index mailbox_recipient on mailbox (recipient, received_at desc);

-- What other processes have to hear of: NOTIFY tells them at once, this table tells those who were not listening.
create table changes (
  id         bigint generated always as identity primary key,
  topic      text not null,                     -- 'organizations', 'documents', 'sessions'
  org_id     text not null,
  at         timestamptz not null default now()
);

grant select, insert, update, delete on outbox, limits, mailbox, changes to livery_app;
