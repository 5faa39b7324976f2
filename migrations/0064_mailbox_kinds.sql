-- The built-in mailbox of demo and dev shows short messages beside mails: without a gateway they go nowhere else.
alter table mailbox add column kind text not null default 'email' check (kind in ('email', 'sms'));
