-- People live in one home organization; memberships tie them to organizations, their home included.
-- No foreign key crosses organizations.

create table people (
  org_id            text not null,              -- the home organization
  id                text not null,
  email             text not null,              -- as typed, mail goes here
  email_key         text not null,              -- canonical form, compared and unique
  email_verified_at timestamptz,
  given_name        text not null default '',
  family_name       text not null default '',
  phone             text,                       -- E.164
  locale            text,                       -- BCP 47, null: the organization's default
  status            text not null default 'active' check (status in ('active', 'suspended')),
  version           integer not null default 1,
  created_at        timestamptz not null default now(),
  updated_at        timestamptz not null default now(),
  primary key (org_id, id),
  unique (org_id, email_key)
);

create table memberships (
  org_id     text not null,                     -- the organization the person belongs to
  id         text not null,
  home_id    text not null,                     -- where the person lives
  person_id  text not null,
  kind       text not null check (kind in ('staff', 'consumer')),
  roles      text[] not null default '{}',      -- 'owner', 'people-manager', … (issue 3 makes these editable)
  status     text not null default 'active' check (status in ('active', 'suspended')),
  created_at timestamptz not null default now(),
  primary key (org_id, id),
  unique (org_id, home_id, person_id)
);

create table passwords (
  org_id     text not null,
  person_id  text not null,
  hash       text not null,                     -- PHC string, argon2id
  changed_at timestamptz not null default now(),
  primary key (org_id, person_id)
);

create table totp_factors (
  org_id       text not null,
  id           text not null,
  person_id    text not null,
  secret       bytea not null,                  -- sealed with a key derived from LIVERY_SECRET
  last_step    bigint not null default 0,       -- RFC 6238 §5.2: a code is accepted once
  created_at   timestamptz not null default now(),
  primary key (org_id, id),
  unique (org_id, person_id)
);

create table sessions (
  org_id       text not null,                   -- the organization met, nowhere else is it worth anything
  id           text not null,
  secret_hash  bytea not null,
  home_id      text not null,
  person_id    text not null,
  methods      text[] not null,                 -- RFC 8176: 'pwd', 'otp'
  address      text,
  user_agent   text,
  created_at   timestamptz not null default now(),
  last_seen_at timestamptz not null default now(),
  idle_until   timestamptz not null,
  expires_at   timestamptz not null,
  ended_at     timestamptz,
  ended_why    text,
  primary key (org_id, id),
  unique (org_id, secret_hash)
);
create index sessions_person on sessions (org_id, home_id, person_id) where ended_at is null;

-- A sign-in, sign-up or recovery under way, bound to one browser by the secret in its cookie.
create table attempts (
  org_id      text not null,
  id          text not null,
  secret_hash bytea not null,
  kind        text not null check (kind in ('sign-in', 'sign-up', 'recovery')),
  step        text not null,
  state       jsonb not null,                   -- what is typed and proven so far; secrets sealed
  version     integer not null default 1,
  created_at  timestamptz not null default now(),
  expires_at  timestamptz not null,
  finished_at timestamptz,
  primary key (org_id, id),
  unique (org_id, secret_hash)
);
create index attempts_expires on attempts (expires_at);

-- One-time links and codes. Consumed by one atomic statement.
create table tickets (
  org_id      text not null,
  id          text not null,
  purpose     text not null,                    -- 'verify-email', 'recover-password', 'session', …
  secret_hash bytea not null,
  code_hash   bytea,                            -- keyed hash of the short code beside the link
  tries_left  integer not null default 5,
  subject     text not null,                    -- whom it is for: '<home>/<person>' or a hashed address
  attempt_id  text,
  data        jsonb not null default '{}',
  created_at  timestamptz not null default now(),
  expires_at  timestamptz not null,
  used_at     timestamptz,
  primary key (org_id, id),
  unique (org_id, secret_hash)
);
create index tickets_subject on tickets (org_id, purpose, subject) where used_at is null;
create index tickets_expires on tickets (expires_at);

do $$ declare t text; begin
  foreach t in array array['people', 'memberships', 'passwords', 'totp_factors', 'sessions', 'attempts', 'tickets'] loop
    execute format('alter table %I enable row level security', t);
    execute format('alter table %I force row level security', t);
    execute format('create policy organization on %I using (org_id = (select livery_organization())) with check (org_id = (select livery_organization()))', t);
    execute format('grant select, insert, update, delete on %I to livery_app', t);
  end loop;
end $$;
