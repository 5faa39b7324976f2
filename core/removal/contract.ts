// The words of removal: what goes with an organization that is deleted.

/** What somebody looks at before they delete an organization: how much there is of each kind. */
export type RemovalPreview = {
  /** Organizations below it: as long as there are any it is not deleted. */
  below: number
  /** Who live there, and are deleted for good. */
  people: number
  /** Who belong there, those who live elsewhere among them. */
  memberships: number
  sessions: number
  roles: number
  groups: number
  grants: number
  serviceAccounts: number
  tokens: number
  invitations: number
  themes: number
  texts: number
  emails: number
  hosts: number
  domains: number
}

/** Tables that keep rows of an organization that is deleted, each with its reason. */
export const kept: Readonly<Record<string, string>> = {
  audit_records: 'what happened stays provable: ids, codes and salted hashes, which name nobody',
  audit_seals: 'the chain that the records are held against',
  changes: 'what processes have to hear of, among it that the organization is gone; forgotten after a day',
  removals: 'what is still to be erased; goes when nothing is left',
}

/** Tables whose rows go with the organization's own row, by foreign key, or lead to its parent from then on. */
export const withTheRow = ['organizations', 'organization_hosts', 'organization_handles', 'email_domains'] as const
