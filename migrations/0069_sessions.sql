-- When the person of a session last proved themselves in it: at the sign-in, or since. What was begun before this is known
-- counts as long ago, so that something sensitive asks for a proof. And in which known browser it lives.
alter table sessions add column proven_at timestamptz not null default 'epoch';
alter table sessions alter column proven_at drop default;
alter table sessions add column device_id text;
