/**
 * What every page is drawn from: the organization as it is met at one address, in one language and one look. The pages
 * hand in the resolved site of the request, the gallery one of a demo brand; both fit this shape.
 */
import type { Organization, SecurityPolicy } from '#core/organizations/contract'
import type { Texts } from '#core/texts/contract'
import type { ColorScheme, ResolvedTheme } from '#core/themes/contract'

export type UiSite = {
  organization: {
    handle: string
    name: string
    locales: string[]
    signUp: Organization['signUp']
    businessSignUp: Organization['businessSignUp']
    secondFactorRequired: boolean
    security?: Partial<Pick<SecurityPolicy, 'identifiers' | 'recoveryWaitHours'>>
  }
  locale: string
  dir: 'ltr' | 'rtl'
  /** What was asked for: the person's choice, or else what the theme says. */
  scheme: ColorScheme
  theme: ResolvedTheme
  texts: Texts
  /** The address of a path below this site: '/sign-in' → '/o/alpine/sign-in'. */
  path(sitePath: string): string
}

/** Why an answer was not accepted, as the attempt or the flash carries it. */
export type FormFailure = {
  code: string
  field?: string | undefined
  retryAt?: string | undefined
  triesLeft?: number | undefined
}

/** What a form shows again after it has been answered: the words typed, never the secrets. */
export type Answered = {
  values?: Record<string, string> | undefined
  failure?: FormFailure | null | undefined
  /** The last part of a `notice.…` text: something that has just gone well. */
  notice?: string | null | undefined
}

/** Of the console at /organization. */
export type ConsoleScreen =
  | 'overview'
  | 'people'
  | 'organizations'
  | 'organization'
  | 'new-organization'
  | 'move-organization'
  | 'suspend-organization'
  | 'delete-organization'
  | 'invite-administrator'
  | 'businesses'
  | 'business'
  | 'invite-business'
  | 'ownership'
  | 'person'
  | 'person-access'
  | 'person-act'
  | 'person-new'
  | 'people-bulk'
  | 'people-import'
  | 'people-report'
  | 'recoveries'
  | 'recovery'
  | 'invitations'
  | 'invite'
  | 'one-invitation'
  | 'invitations-bulk'
  | 'groups'
  | 'group'
  | 'group-form'
  | 'group-members'
  | 'remove-group'
  | 'give-role'
  | 'roles'
  | 'role'
  | 'role-form'
  | 'remove-role'
  | 'programs'
  | 'program'
  | 'program-form'
  | 'remove-program'
  | 'token-form'
  | 'revoke-token'
  | 'flows'
  | 'flow'
  | 'flow-act'
  | 'flow-history'
  | 'flow-version'
  | 'audit'
  | 'audit-retention'
  | 'usage'
  | 'settings'
  | 'settings-handle'
  | 'settings-people-from'
  | 'domains'
  | 'domain'
  | 'remove-domain'

export type ScreenName =
  | 'sign-in'
  | 'sign-up'
  | 'check-mail'
  | 'verify'
  | 'invitation'
  | 'start'
  | 'mfa'
  | 'mfa-enrol'
  | 'step-identifier'
  | 'step-password'
  | 'step-passkey'
  | 'step-email-code'
  | 'step-sms-code'
  | 'step-recovery-code'
  | 'step-help'
  | 'step-new-password'
  | 'step-terms'
  | 'step-profile'
  | 'step-offer-passkey'
  | 'step-organization'
  | 'recover'
  | 'recover-name'
  | 'recover-factor'
  | 'recover-cancel'
  | 'reset'
  | 'secure'
  | 'sign-out'
  | 'account'
  | 'profile'
  | 'security'
  | 'recovery-codes'
  | 'sessions'
  | 'confirm'
  | 'error'
  | ConsoleScreen

/** A password may be shorter only where it never stands alone. */
export const passwordMinimum = (site: UiSite): number => (site.organization.secondFactorRequired ? 8 : 15)
