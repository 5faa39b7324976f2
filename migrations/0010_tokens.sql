-- Programs that act for an organization. A service account holds roles as a person does (grants with the subject kind
-- 'service'); API tokens are how a program proves to be one.

create table service_accounts (
  org_id      text not null,
  id          text not null,
  name        text not null check (length(name) between 1 and 80),
  description text not null default '' check (length(description) <= 500),
  status      text not null default 'active' check (status in ('active', 'suspended')),
  version     integer not null default 1,
  created_at  timestamptz not null default now(),
  updated_at  timestamptz not null default now(),
  primary key (org_id, id),
  unique (org_id, name)
);

create table api_tokens (
  org_id       text not null,
  id           text not null,
  account_id   text not null,
  name         text not null check (length(name) between 1 and 80),
  secret_hash  bytea not null,                  -- SHA-256 of the token's text, which is shown once
  scopes       text[] not null,                 -- permissions; what the account does not hold they do not give
  made_by      text,                            -- id of whoever made it, null for the process itself
  created_at   timestamptz not null default now(),
  expires_at   timestamptz not null,
  last_used_at timestamptz,                     -- within a minute
  revoked_at   timestamptz,
  primary key (org_id, id),
  unique (org_id, secret_hash),
  foreign key (org_id, account_id) references service_accounts (org_id, id) on delete cascade
);
create index api_tokens_account on api_tokens (org_id, account_id);

do $$ declare t text; begin
  foreach t in array array['service_accounts', 'api_tokens'] loop
    execute format('alter table %I enable row level security', t);
    execute format('alter table %I force row level security', t);
    execute format('create policy organization on %I using (org_id = (select livery_organization())) with check (org_id = (select livery_organization()))', t);
    execute format('grant select, insert, update, delete on %I to livery_app', t);
  end loop;
end $$;

-- What a repeated request was answered the first time. Global, because the answer commits with the change, in whichever
-- organization that is. The key says nothing in clear text, and the answer is sealed: a token is in one of them.
create table idempotency_keys (
  key         bytea primary key,                -- keyed hash of organization, actor and the client's key
  fingerprint bytea not null,                   -- SHA-256 of what was asked
  holder      text not null,                    -- the request that is at it
  held_until  timestamptz not null,             -- it died if there is no answer by then
  answer      bytea,
  expires_at  timestamptz not null
);
create index idempotency_keys_expires on idempotency_keys (expires_at);
grant select, insert, update, delete on idempotency_keys to livery_app;
