-- What an organization asks of sessions, trusted browsers and lost second steps. Only what differs from the built-in policy is
-- kept (core/organizations/contract.ts): a better built-in value reaches everybody who has not chosen their own.
alter table organizations add column security jsonb not null default '{}';
