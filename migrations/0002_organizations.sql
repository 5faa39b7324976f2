-- Organizations and the hosts they are met at. Global: an address has to be resolved before any
-- organization is known, and the chain of ancestors is read across organizations.

create table organizations (
  id           text primary key,
  parent_id    text references organizations (id),
  ancestors    text[] not null,                 -- from the root down to and including this organization
  handle       text not null unique check (handle ~ '^[a-z0-9](?:[a-z0-9-]{0,38}[a-z0-9])?$'),
  name         text not null check (length(name) between 1 and 80),
  status       text not null default 'active' check (status in ('active', 'suspended')),
  people_from  text not null default 'own' check (people_from in ('own', 'parent', 'mixed')),
  sign_up      text not null default 'open' check (sign_up in ('open', 'closed')),
  second_factor_required boolean not null default false,
  locales      text[] not null default '{en}',  -- offered, the first is the default
  canonical_address text not null default 'path', -- 'path', 'name', or the id of a host in this table's sibling
  version      integer not null default 1,
  created_at   timestamptz not null default now(),
  updated_at   timestamptz not null default now()
);
-- There is one root, the only organization without a parent.
create unique index organizations_one_root on organizations ((true)) where parent_id is null;
create index organizations_parent on organizations (parent_id);
create index organizations_ancestors on organizations using gin (ancestors);

-- Own domains. Stored without scheme and port: those come from LIVERY_ORIGIN, so that a changed
-- port breaks nothing. A host without proof of ownership is never met.
create table organization_hosts (
  host            text primary key check (host = lower(host) and host !~ '[/:@ ]'),
  organization_id text not null references organizations (id) on delete cascade,
  verified_at     timestamptz,
  created_at      timestamptz not null default now()
);
create index organization_hosts_organization on organization_hosts (organization_id);

grant select, insert, update, delete on organizations, organization_hosts to livery_app;
