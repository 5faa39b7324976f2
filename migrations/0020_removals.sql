-- Organizations that were deleted and whose rows are still being erased. Global: by then there is no organization that such
-- a row could belong to. It goes as soon as nothing can come after it any more.

create table removals (
  organization_id text primary key,
  parent_id       text not null,                -- whose trail says that it was deleted
  requested_at    timestamptz not null,
  erased          jsonb not null default '{}'   -- rows by table, so far
);
grant select, insert, update, delete on removals to livery_app;

-- A version is immutable: it goes with its organization alone, while that is being removed and not there any more.
grant delete on document_versions to livery_app;
create function refuse_to_delete_versions() returns trigger language plpgsql as $$ begin
  if not exists (select from removals where organization_id = livery_organization())
      or exists (select from organizations where id = livery_organization()) then
    raise exception 'permission denied: a version goes with its organization alone' using errcode = 'insufficient_privilege';
  end if;
  return null;
end $$;
create trigger immutable before delete on document_versions for each statement
  execute function refuse_to_delete_versions();

-- Who lives in an organization that is deleted, and where else they belong.
create index person_organizations_organization on person_organizations (org_id, organization_id);
