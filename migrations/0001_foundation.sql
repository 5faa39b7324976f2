-- The ground every later migration stands on: the role the application works as, and the one
-- function that row-level security asks "which organization is this unit of work for?".
--
-- The application never works as the owner of these tables: every connection does
-- SET ROLE livery_app, which owns nothing, is no superuser and cannot bypass row-level security.
-- `force row level security` binds the owner as well, so that a forgotten SET ROLE leaks nothing.
--
-- Ids are text that carries its kind (org_…, per_…), made in the application from a uuidv7.

do $$ begin
  if not exists (select from pg_roles where rolname = 'livery_app') then
    create role livery_app nologin nobypassrls;
  end if;
end $$;
grant livery_app to current_user;
grant usage on schema public to livery_app;

-- Unset means null, and null equals nothing: no organization, no rows.
create function livery_organization() returns text language sql stable
  as $$ select nullif(current_setting('livery.organization', true), '') $$;
