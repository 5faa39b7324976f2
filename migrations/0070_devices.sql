-- Browsers in which somebody has signed in: known by a random secret in a cookie, at the organization met. One browser may
-- belong to several people; each of them has a row. No foreign key crosses organizations.
create table devices (
  org_id        text not null,                  -- the organization met
  id            text not null,
  home_id       text not null,
  person_id     text not null,
  secret_hash   bytea not null,
  user_agent    text,
  address       text,
  created_at    timestamptz not null,
  last_seen_at  timestamptz not null,
  trusted_at    timestamptz,                    -- null: not trusted
  trusted_until timestamptz,
  primary key (org_id, id),
  unique (org_id, home_id, person_id, secret_hash)
);
create index devices_secret on devices (org_id, secret_hash);
create index devices_last_seen on devices (org_id, last_seen_at);

-- Trust that was given before this moment is worth nothing at any organization: the person has another password, or another
-- second step. At home, where that changes, and in the same transaction.
create table device_trust_ends (
  org_id    text not null,                      -- the home organization
  person_id text not null,
  ended_at  timestamptz not null,
  primary key (org_id, person_id)
);

do $$ declare t text; begin
  foreach t in array array['devices', 'device_trust_ends'] loop
    execute format('alter table %I enable row level security', t);
    execute format('alter table %I force row level security', t);
    execute format('create policy organization on %I using (org_id = (select livery_organization())) with check (org_id = (select livery_organization()))', t);
    execute format('grant select, insert, update, delete on %I to livery_app', t);
  end loop;
end $$;
