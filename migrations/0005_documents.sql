-- What themes, texts and emails share: a draft, immutable versions, and a pointer to the published one.

create table documents (
  org_id            text not null,
  kind              text not null,              -- 'theme', 'texts', 'email'
  name              text not null,              -- 'theme', a locale, or '<template>/<locale>'
  draft             jsonb,
  draft_version     integer not null default 0,
  published_version integer,
  updated_at        timestamptz not null default now(),
  primary key (org_id, kind, name)
);
create table document_versions (
  org_id       text not null,
  kind         text not null,
  name         text not null,
  version      integer not null,
  body         jsonb not null,
  note         text,
  published_at timestamptz not null default now(),
  primary key (org_id, kind, name, version)
);

do $$ declare t text; begin
  foreach t in array array['documents', 'document_versions'] loop
    execute format('alter table %I enable row level security', t);
    execute format('alter table %I force row level security', t);
    execute format('create policy organization on %I using (org_id = (select livery_organization())) with check (org_id = (select livery_organization()))', t);
  end loop;
end $$;
grant select, insert, update, delete on documents to livery_app;
-- A version is immutable.
grant select, insert on document_versions to livery_app;
