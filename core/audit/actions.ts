// Everything that is ever recorded, by what it is about. Whoever records something new adds it here, and its sentence as
// `audit.<action>` to the texts of the console: a test finds the ones without.

/** Kinds of change, in the order in which they are offered. */
export const auditKinds = {
  'sign-in': [
    'session.started',
    'session.ended',
    'session.all_ended',
    'session.refused',
    'session.proven',
    'device.added',
    'device.trusted',
    'device.ended',
    'password.changed',
    'password.ended',
    'second_step.added',
    'second_step.removed',
    'second_step.renamed',
    'passkey.added',
    'passkey.renamed',
    'passkey.removed',
    'recovery_codes.made',
    'recovery_codes.used',
    'recovery_codes.removed',
    'phone_factor.added',
    'phone_factor.removed',
  ],
  people: [
    'person.created',
    'person.profile_changed',
    'person.email_verified',
    'person.phone_verified',
    'person.suspended',
    'person.resumed',
    'person.deleted',
    'consent.given',
    'person.password_reset',
    'person.password_link_sent',
    'person.second_step_reset',
    'membership.added',
    'membership.approved',
    'membership.suspended',
    'membership.resumed',
    'membership.kind_changed',
    'membership.removed',
    'membership.all_removed',
    'people.imported',
    'people.exported',
    'invitation.sent',
    'invitation.sent_again',
    'invitation.accepted',
    'invitation.revoked',
  ],
  rights: [
    'role.given',
    'role.taken_back',
    'role.all_taken_back',
    'role.created',
    'role.changed',
    'role.removed',
    'ownership.given',
    'ownership.given_up',
    'group.created',
    'group.changed',
    'group.removed',
    'group.member_added',
    'group.member_removed',
  ],
  organization: [
    'business.invited',
    'business.asked',
    'business.approved',
    'business.declined',
    'business.started',
    'organization.created',
    'organization.changed',
    'organization.moved',
    'organization.suspended',
    'organization.resumed',
    'organization.deleted',
    'organization.erased',
  ],
  addresses: [
    'organization.host_added',
    'organization.host_proven',
    'organization.host_removed',
    'organization.address_chosen',
    'organization.domain_added',
    'organization.domain_proven',
    'organization.domain_removed',
  ],
  programs: [
    'service_account.created',
    'service_account.changed',
    'service_account.suspended',
    'service_account.resumed',
    'service_account.removed',
    'api_token.created',
    'api_token.revoked',
  ],
  appearance: ['theme.published', 'texts.published', 'email.published'],
  trail: ['audit.exported', 'audit.checked', 'audit.retention_changed', 'audit.details_erased'],
} as const

export type AuditKind = keyof typeof auditKinds
export type AuditAction = (typeof auditKinds)[AuditKind][number]

export const isAuditKind = (word: string): word is AuditKind => Object.hasOwn(auditKinds, word)

/** What kind of change something is; null for what an older build has recorded. */
export const kindOfAction = (action: string): AuditKind | null =>
  (Object.keys(auditKinds) as AuditKind[]).find((kind) => (auditKinds[kind] as readonly string[]).includes(action)) ??
  null
