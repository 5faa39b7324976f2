-- Who may do what. Permissions are words of the build (core/authority/permissions.ts) or of applications; roles gather
-- them; a grant gives a role to a person, a group or a service account, at one organization or at it and everything below.

-- Roles of an organization's own. Built-in ones are part of the build and have no row.
create table roles (
  org_id      text not null,
  id          text not null,
  key         text not null check (key ~ '^[a-z][a-z0-9-]{0,38}[a-z0-9]$'),
  name        text not null check (length(name) between 1 and 80),
  description text not null default '' check (length(description) <= 500),
  permissions text[] not null,
  version     integer not null default 1,
  created_at  timestamptz not null default now(),
  updated_at  timestamptz not null default now(),
  primary key (org_id, id),
  unique (org_id, key)
);

-- Groups of people who belong to the organization. A rule, where there is one, decides who is in it.
create table groups (
  org_id      text not null,
  id          text not null,
  name        text not null check (length(name) between 1 and 80),
  description text not null default '' check (length(description) <= 500),
  rule        jsonb,                            -- { attribute, operator, value } or null: chosen by hand
  version     integer not null default 1,
  created_at  timestamptz not null default now(),
  updated_at  timestamptz not null default now(),
  primary key (org_id, id),
  unique (org_id, name)
);
create table group_members (
  org_id    text not null,
  group_id  text not null,
  home_id   text not null,
  person_id text not null,
  added_at  timestamptz not null default now(),
  primary key (org_id, group_id, home_id, person_id),
  foreign key (org_id, group_id) references groups (org_id, id) on delete cascade
);
create index group_members_person on group_members (org_id, home_id, person_id);

create table grants (
  org_id       text not null,                   -- where it was given; its reach begins here
  id           text not null,
  subject_kind text not null check (subject_kind in ('person', 'group', 'service')),
  subject_home text not null,                   -- home of a person; this organization for groups and service accounts
  subject_id   text not null,
  role         text not null,                   -- key of a built-in role, or the id of an own one
  reach        text not null default 'organization' check (reach in ('organization', 'subtree')),
  ends_at      timestamptz,                     -- null: until it is taken back
  given_by     text,                            -- id of whoever gave it, null for the process itself
  created_at   timestamptz not null default now(),
  primary key (org_id, id),
  unique (org_id, subject_kind, subject_home, subject_id, role, reach)
);
create index grants_subject on grants (org_id, subject_kind, subject_home, subject_id);
create index grants_role on grants (org_id, role);

do $$ declare t text; begin
  foreach t in array array['roles', 'groups', 'group_members', 'grants'] loop
    execute format('alter table %I enable row level security', t);
    execute format('alter table %I force row level security', t);
    execute format('create policy organization on %I using (org_id = (select livery_organization())) with check (org_id = (select livery_organization()))', t);
    execute format('grant select, insert, update, delete on %I to livery_app', t);
  end loop;
end $$;

-- What was written beside a membership until now becomes grants. The owner of these tables sees every row only without
-- the policy, so it is lifted for this one statement.
alter table memberships no force row level security;
alter table grants no force row level security;
insert into grants (org_id, id, subject_kind, subject_home, subject_id, role, reach)
select m.org_id, 'grn_' || substr(m.id, 5), 'person', m.home_id, m.person_id, m.roles[1], 'subtree'
from memberships m where cardinality(m.roles) > 0;
alter table memberships force row level security;
alter table grants force row level security;
alter table memberships drop column roles;
