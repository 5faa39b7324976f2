-- Where somebody has belonged is remembered at their home until they are deleted: what the trails there tell of them goes
-- with them.
alter table person_organizations add column left_at timestamptz;
