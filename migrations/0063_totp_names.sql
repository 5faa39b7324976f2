-- What somebody calls their authenticator app, and when a code of it was last accepted.
alter table totp_factors add column name text;  -- null: called an authenticator app, in the language of the page
alter table totp_factors add column last_used_at timestamptz;
