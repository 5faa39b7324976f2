-- More than an address to sign in with, where the organization allows it: a username, and a phone number that was proven.

alter table people
  add column username          text,            -- as it was chosen, shown
  add column username_key      text collate "C",-- canonical form, compared and unique at home
  add column phone_verified_at timestamptz,
  -- A number is somebody's only once they have shown that they read what is sent to it.
  add column phone_key         text collate "C" generated always as (
                                 case when phone_verified_at is not null then phone end) stored;

alter table people add constraint people_username check ((username is null) = (username_key is null));
alter table people add constraint people_phone_verified check (phone_verified_at is null or phone is not null);

create unique index people_username on people (org_id, username_key) where username_key is not null;
create unique index people_phone on people (org_id, phone_key) where phone_key is not null;

-- What lists show and are searched by.
alter table listed_people
  add column username     text,
  add column username_key text collate "C";
create index listed_people_username on listed_people (org_id, username_key) where username_key is not null;
