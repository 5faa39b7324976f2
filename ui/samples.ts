/** People, organizations and things for sample pages. Nobody of these exists. */
import type { InvitationLook } from '#core/login/contract'
import type { IdentifierKind } from '#core/people/contract'
import type { SignedIn } from './frame/account-frame.tsx'
import type { EnrolmentData } from './parts/enrolment.tsx'
import type { AccountData } from './screens/account.tsx'
import type { ProfileData } from './screens/profile.tsx'
import type { FormFailure, UiSite } from './site.tsx'

const people: Record<string, SignedIn> = {
  ar: { givenName: 'يارا', familyName: 'البكري', email: 'yara@example.com' },
  pt: { givenName: 'Lia', familyName: 'Gonçalves', email: 'lia@example.com' },
  de: { givenName: 'Jürg', familyName: 'Grünenfelder', email: 'juerg@example.com' },
  en: { givenName: 'Ada', familyName: 'Lindqvist', email: 'ada@example.com' },
}

export const samplePerson = (locale: string): SignedIn =>
  people[locale.slice(0, 2)] ?? { givenName: 'Ada', familyName: 'Lindqvist', email: 'ada@example.com' }

/** As long as a name and an address may reasonably get, without a place to break them. */
export const longPerson: SignedIn = {
  givenName: 'Maximiliane-Philippine Wolfeschlegelsteinhausenbergerdorff',
  familyName: 'Rhoshandiatellyneshiaunneveshenk Koyaanisquatsiuth',
  email: 'maximiliane.wolfeschlegelsteinhausenbergerdorff@very-long-department.international.example.com',
}

const inviters: Record<string, string> = { ar: 'نور حداد', pt: 'Tomás Brandão', de: 'Änne Großmann', en: 'Noor Haddad' }
const messages: Record<string, string> = {
  ar: 'يسعدنا انضمامك إلينا ابتداءً من يوم الاثنين.',
  pt: 'É um gosto tê-la connosco a partir de segunda-feira.',
  de: 'Schön, dass Sie ab Montag dabei sind.\nSchlüssel und Parkkarte gibt es am Empfang.',
  en: 'Good to have you with us from Monday.\nKeys and parking card are at the front desk.',
}

export const maskedEmail = 'a•••@example.com'
export const maskedPhone = '+41 ••• ••42'

const at = (iso: string) => new Date(iso)

export const sampleAccount = (person: SignedIn): AccountData => ({
  person,
  phone: '+41 79 555 01 42',
  createdAt: at('2025-06-12T10:00:00Z'),
  emailVerifiedAt: at('2025-06-12T10:02:00Z'),
  passwordChangedAt: at('2026-03-03T10:00:00Z'),
  secondStepAt: at('2026-11-20T10:00:00Z'),
  passkeyAt: at('2026-10-02T10:00:00Z'),
  hasSecondStep: true,
  passkeys: 2,
  codesLeft: 8,
  signedInAt: at('2026-11-24T19:02:00Z'),
  mayUpgrade: false,
})

/** Where people sign in with something else, or something more, than an email address. */
export const signingInWith = (site: UiSite, ...identifiers: IdentifierKind[]): UiSite => ({
  ...site,
  organization: { ...site.organization, security: { identifiers } },
})
export const withUsernames = (site: UiSite): UiSite => signingInWith(site, 'email', 'username')

export const sampleProfile = (person: SignedIn): ProfileData => ({
  person,
  username: null,
  phone: '+41 79 555 01 42',
  isPhoneVerified: false,
  locale: null,
  emailVerifiedAt: at('2025-06-12T10:02:00Z'),
  version: 3,
})

/** A drawing that looks like a code and opens nothing. */
function sampleQr(): string {
  const size = 29
  const cells: string[] = []
  const finder = (x: number, y: number) => {
    const inside = (left: number, top: number) => x >= left && x < left + 7 && y >= top && y < top + 7
    for (const [left, top] of [
      [0, 0],
      [size - 7, 0],
      [0, size - 7],
    ] as const) {
      if (!inside(left, top)) continue
      const ring = Math.max(Math.abs(x - left - 3), Math.abs(y - top - 3))
      return ring !== 2
    }
    return null
  }
  for (let y = 0; y < size; y++) {
    for (let x = 0; x < size; x++) {
      const dark = finder(x, y) ?? ((x * 7 + y * 13 + x * y * 5) % 11) % 2 === 0
      if (dark) cells.push(`M${x} ${y}h1v1h-1z`)
    }
  }
  return `<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 ${size} ${size}" shape-rendering="crispEdges"><path d="${cells.join('')}"/></svg>`
}

export const sampleEnrolment: EnrolmentData = {
  secret: 'JBSWY3DPEHPK3PXPJBSWY3DPEHPK3PXP',
  uri: 'otpauth://totp/Example:ada%40example.com?secret=JBSWY3DPEHPK3PXPJBSWY3DPEHPK3PXP&issuer=Example',
  qr: sampleQr(),
}

export const minutesFromNow = (minutes: number): string => new Date(Date.now() + minutes * 60_000).toISOString()

/** The same organization with another rule. */
export const closed = (site: UiSite): UiSite => ({ ...site, organization: { ...site.organization, signUp: 'closed' } })
export const strict = (site: UiSite): UiSite => ({
  ...site,
  organization: { ...site.organization, secondFactorRequired: true },
})
export const lenient = (site: UiSite): UiSite => ({
  ...site,
  organization: { ...site.organization, secondFactorRequired: false },
})

export const failed = (code: string, field?: string, more: Partial<FormFailure> = {}): FormFailure => ({
  code,
  field,
  ...more,
})
export const locked = () => failed('login.too_many_tries', undefined, { retryAt: minutesFromNow(12) })

/** What somebody has typed into the form of an entry page. */
export const values = (site: UiSite) => {
  const { givenName, familyName, email } = samplePerson(site.locale)
  return { username: email, email, given_name: givenName, family_name: familyName }
}
export const longValues = {
  username: longPerson.email,
  email: longPerson.email,
  given_name: longPerson.givenName,
  family_name: longPerson.familyName,
}

/** An invitation as whoever was invited sees it, in words of their language. */
export const sampleInvitation = (site: UiSite, asks: InvitationLook['asks'] = 'account'): InvitationLook => ({
  state: 'valid',
  asks,
  email: samplePerson(site.locale).email,
  inviter: inviters[site.locale.slice(0, 2)] ?? 'Noor Haddad',
  kind: 'staff',
  roles: [
    { key: 'people-manager', name: null },
    { key: null, name: 'Ramp office' },
  ],
  message: messages[site.locale.slice(0, 2)] ?? '',
  expiresAt: '2026-12-02T20:42:00Z',
})
export const forBusinesses = (site: UiSite): UiSite => ({
  ...site,
  organization: { ...site.organization, businessSignUp: 'open' },
})
