-- What organizations need to be looked after in a tree: attributes to find them by, handles that once led to them, how
-- people and businesses may come in, and the proof of domains.

alter table organizations add column attributes jsonb not null default '{}';
alter table organizations add column business_sign_up text not null default 'closed'
  check (business_sign_up in ('closed', 'invitation', 'approval', 'open'));
alter table organizations drop constraint organizations_sign_up_check;
alter table organizations add constraint organizations_sign_up_check
  check (sign_up in ('open', 'approval', 'invitation', 'closed'));
create index organizations_attributes on organizations using gin (attributes jsonb_path_ops);
create index organizations_name on organizations (lower(name) text_pattern_ops);
create index organizations_children on organizations (parent_id, name, id);

-- A handle that was given up still leads home. It is free again for nobody else: an old link must not lead to a stranger.
create table organization_handles (
  handle          text primary key,
  organization_id text not null references organizations (id) on delete cascade,
  until           timestamptz not null default now()
);
create index organization_handles_organization on organization_handles (organization_id);

-- Proof by DNS: a TXT record with this value, and what each resolver saw when it was last looked for.
alter table organization_hosts add column proof text;
alter table organization_hosts add column checked_at timestamptz;
alter table organization_hosts add column evidence jsonb;

-- Email domains: whose addresses belong to which organization, for discovery and for joining.
create table email_domains (
  domain          text primary key check (domain = lower(domain) and domain !~ '[/:@ ]'),
  organization_id text not null references organizations (id) on delete cascade,
  joins_as        text check (joins_as in ('staff', 'consumer')),  -- null: discovery alone
  proof           text not null,
  verified_at     timestamptz,
  checked_at      timestamptz,
  evidence        jsonb,
  created_at      timestamptz not null default now()
);
create index email_domains_organization on email_domains (organization_id);

grant select, insert, update, delete on organization_handles, email_domains to livery_app;
