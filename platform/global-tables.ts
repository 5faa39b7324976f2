/**
 * The tables that belong to no single organization, each with its reason. Every other table must carry `org_id` and
 * force row-level security; a test walks the catalogue and compares.
 */
export const globalTables: Readonly<Record<string, string>> = {
  migrations: 'what the schema is made of',
  organizations: 'an address is resolved before any organization is known, and chains of ancestors cross organizations',
  organization_hosts: 'likewise: host names are met before an organization is known',
  organization_handles: 'a handle that was given up is met before an organization is known',
  email_domains: 'whose domain an address has is asked before an organization is known',
  outbox: 'workers claim what is due across organizations',
  removals: 'what is still to be erased of an organization that is not there any more',
  limits: 'limits count addresses before any organization is known; keys are hashed',
  idempotency_keys:
    'an answer commits with the change that it tells of, whichever organization that is in; keys are hashed, answers sealed',
  mailbox: 'the built-in mailbox of demo and dev shows all mail on one page',
  changes: 'every process follows changes of all organizations',
}
