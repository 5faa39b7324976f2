-- Who published a version and what it brought back; who is changing what, and since which version. `draft_version` counts the
-- changes of a draft, and goes on counting when one is dropped: what somebody looked at before is never taken for a later one.

alter table documents
  add column draft_from integer,                -- the version that was published when it was begun
  add column draft_at timestamptz,
  add column draft_by_home text,
  add column draft_by text;

alter table document_versions
  add column restored integer,                  -- an old version whose body this is again
  add column by_kind text,                      -- as in audit_records: 'person', 'service', 'system'
  add column by_home text,
  add column by_id text;
