-- An administrator has asked for a new password: it is chosen at the next sign-in, whatever the flow says. Another password
-- takes the mark away.
alter table passwords add column must_change boolean not null default false;
