-- What workers claim by: organization after organization, and in each the urgent rows first. Without it a claim would
-- sort everything that waits, so that one organization's backlog would slow down every other one's codes.
create index outbox_turns on outbox (org_id, priority, run_at, id) where status in ('waiting', 'claimed');
create index outbox_expiry on outbox (expires_at) where status in ('waiting', 'claimed') and expires_at is not null;
-- Nothing asks for the order of all organizations together any more.
drop index outbox_due;
