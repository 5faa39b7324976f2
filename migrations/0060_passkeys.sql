-- Passkeys: what a browser keeps for somebody and proves itself with. Each is bound to one host for good, and lives where its
-- person is at home. Only the public half of the key is here.
create table passkeys (
  org_id        text not null,                  -- the home organization
  id            text not null,
  person_id     text not null,
  credential_id bytea not null,                 -- chosen by the authenticator
  public_key    bytea not null,                 -- COSE (RFC 9052)
  counter       bigint not null,                -- how often it was used, where the authenticator counts; else 0
  transports    text[] not null,                -- how a browser reaches it: 'internal', 'hybrid', 'usb', …
  aaguid        text,                           -- which make it is; null when it does not say
  rp_id         text not null,                  -- the host that it is bound to
  name          text,                           -- null: called a passkey, in the language of the page
  device_type   text not null check (device_type in ('single', 'multi')),
  is_synced     boolean not null,               -- a copy of it is kept elsewhere
  is_verified   boolean not null,               -- a PIN or a fingerprint was asked for when it was made
  created_at    timestamptz not null,
  last_used_at  timestamptz,
  primary key (org_id, id),
  unique (org_id, credential_id)
);
create index passkeys_person on passkeys (org_id, person_id);

alter table passkeys enable row level security;
alter table passkeys force row level security;
create policy organization on passkeys
  using (org_id = (select livery_organization())) with check (org_id = (select livery_organization()));
grant select, insert, update, delete on passkeys to livery_app;
