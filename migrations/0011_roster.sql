-- What administrators need to look after people: lists that are fast at any size, where else somebody belongs, and
-- invitations.

-- Whoever signs up where somebody has to agree first belongs there as `pending` until then.
alter table memberships drop constraint memberships_status_check;
alter table memberships add constraint memberships_status_check check (status in ('active', 'suspended', 'pending'));

-- Everybody who lives here or belongs here, as lists need them: what is searched, filtered and sorted by, in one row. Names
-- and address of people who live elsewhere are copies, brought up to date by whoever changes them and once an hour.
-- Keys are written by the application (lower case, without diacritics), and compared byte by byte: row-level security
-- keeps an index from being used through anything but plain comparison, LIKE included.
create table listed_people (
  org_id          text not null,
  person_id       text not null,
  home_id         text not null,
  email           text collate "C" not null,    -- canonical; '' until it is known of somebody who lives elsewhere
  email_domain    text collate "C" generated always as (split_part(email, '@', 2)) stored,
  given_name      text not null,
  family_name     text not null,
  locale          text,
  name_key        text collate "C" not null,    -- family name first
  call_key        text collate "C" not null,    -- given name first
  kind            text check (kind in ('staff', 'consumer')),              -- null: lives here without a membership
  membership      text check (membership in ('active', 'suspended', 'pending')),
  person          text not null check (person in ('active', 'suspended')), -- as their home has it
  status          text generated always as (
                    case when person = 'suspended' then 'suspended' else coalesce(membership, 'active') end) stored,
  joined_at       timestamptz not null,
  last_sign_in_at timestamptz,
  primary key (org_id, person_id)
);

-- Where else the people of a home belong, noted before they join: more than is true at the worst, never less.
create table person_organizations (
  org_id          text not null,                -- the home
  person_id       text not null,
  organization_id text not null,
  since           timestamptz not null default now(),
  primary key (org_id, person_id, organization_id)
);

-- An address that was asked to join. The secrets of its links are tickets; nobody can read them here.
create table invitations (
  org_id          text not null,
  id              text not null,
  email           text collate "C" not null,    -- canonical
  kind            text not null check (kind in ('staff', 'consumer')),
  roles           jsonb not null default '[]',  -- [{ role, reach }]: given with the rights that the inviter has by then
  groups          text[] not null default '{}',
  message         text not null default '' check (length(message) <= 500),
  locale          text,                         -- of the mail; null: the organization's first
  inviter_kind    text not null check (inviter_kind in ('person', 'service', 'system')),
  inviter_home    text,
  inviter_id      text,
  status          text not null default 'pending' check (status in ('pending', 'accepted', 'revoked')),
  created_at      timestamptz not null,
  lifetime_days   smallint not null,            -- from each time that it is sent
  expires_at      timestamptz not null,         -- nothing has to run for it to be over
  last_sent_at    timestamptz not null,
  sends           integer not null default 1,
  outbox_id       text,                         -- the newest mail: what became of it is written there
  requested_at    timestamptz,                  -- when its holder last asked for a new one
  accepted_at     timestamptz,
  accepted_home   text,
  accepted_person text,
  primary key (org_id, id)
);
create unique index invitations_pending on invitations (org_id, email) where status = 'pending';
create index invitations_newest on invitations (org_id, created_at desc, id desc);
create index invitations_email on invitations (org_id, email);
create index invitations_sent on invitations (org_id, last_sent_at);

-- Those who are there already. The owner of these tables sees every row only without the policy.
alter table people no force row level security;
alter table memberships no force row level security;
insert into listed_people (org_id, person_id, home_id, email, given_name, family_name, locale, name_key, call_key, kind,
                           membership, person, joined_at)
select p.org_id, p.id, p.org_id, p.email_key, p.given_name, p.family_name, p.locale,
       lower(trim(p.family_name || ' ' || p.given_name)), lower(trim(p.given_name || ' ' || p.family_name)),
       m.kind, m.status, p.status, p.created_at
from people p left join memberships m on m.org_id = p.org_id and m.home_id = p.org_id and m.person_id = p.id
union all
select m.org_id, p.id, p.org_id, p.email_key, p.given_name, p.family_name, p.locale,
       lower(trim(p.family_name || ' ' || p.given_name)), lower(trim(p.given_name || ' ' || p.family_name)),
       m.kind, m.status, p.status, m.created_at
from memberships m join people p on p.org_id = m.home_id and p.id = m.person_id
where m.home_id <> m.org_id;
insert into person_organizations (org_id, person_id, organization_id)
select home_id, person_id, org_id from memberships where home_id <> org_id;
alter table people force row level security;
alter table memberships force row level security;

create index listed_people_name on listed_people (org_id, name_key, person_id);
create index listed_people_call on listed_people (org_id, call_key);
create index listed_people_email on listed_people (org_id, email);
create index listed_people_domain on listed_people (org_id, email_domain, name_key, person_id);
create index listed_people_newest on listed_people (org_id, joined_at desc, person_id desc);
create index listed_people_kind on listed_people (org_id, kind, name_key, person_id);
-- Few are suspended or wait, and those are looked for.
create index listed_people_status on listed_people (org_id, status, name_key, person_id) where status <> 'active';
create index listed_people_home on listed_people (org_id, home_id, person_id);

do $$ declare t text; begin
  foreach t in array array['listed_people', 'person_organizations', 'invitations'] loop
    execute format('alter table %I enable row level security', t);
    execute format('alter table %I force row level security', t);
    execute format('create policy organization on %I using (org_id = (select livery_organization())) with check (org_id = (select livery_organization()))', t);
    execute format('grant select, insert, update, delete on %I to livery_app', t);
  end loop;
end $$;
