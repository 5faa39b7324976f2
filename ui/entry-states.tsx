/**
 * The states of the pages that links of mails lead to: an invitation to an organization that there is, the start of a new
 * one, and the way out of a notice.
 */
import type { ReactElement } from 'react'
import type { InvitationLook, StartLook } from '#core/login/contract'
import { failed, locked, longPerson, longValues, sampleInvitation, samplePerson, strict, values } from './samples.ts'
import { Invitation } from './screens/invitation.tsx'
import { Secure } from './screens/secure.tsx'
import { Start } from './screens/start.tsx'
import type { Answered, UiSite } from './site.tsx'

type Draw = (site: UiSite) => ReactElement
type States = { default: Draw } & Record<string, Draw>

const otherMasked = 'n••@example.com'

const invited =
  (over: Partial<InvitationLook> = {}, more: (site: UiSite) => Answered = () => ({})): Draw =>
  (site) => <Invitation site={site} look={{ ...sampleInvitation(site), ...over }} signedInAs={null} {...more(site)} />

const signedIn =
  (over: Partial<InvitationLook>): Draw =>
  (site) => (
    <Invitation
      site={site}
      look={{ ...sampleInvitation(site), ...over }}
      signedInAs={samplePerson(site.locale).email}
    />
  )

const longInvitation: Partial<InvitationLook> = {
  email: longPerson.email,
  inviter: `${longPerson.givenName} ${longPerson.familyName}`,
  roles: [
    { key: 'administrator', name: null },
    { key: 'brand-publisher', name: null },
    { key: null, name: 'Streckenfluglotsenausbildungsverantwortlichkeitsvertretung Nord' },
  ],
  message: `${'Bring whatever you need for a whole day, and wear shoes that you can walk in. '.repeat(5)}\n\nSee you`,
}

export const invitationStates: States = {
  default: invited(),
  consumer: invited({ kind: 'consumer', roles: [], message: '' }),
  'from-nobody': invited({ inviter: null, message: '' }),
  password: invited({ asks: 'password' }),
  'signed-in': signedIn({ asks: 'nothing' }),
  error: invited({}, (site) => ({ values: values(site), failure: failed('password.too_common', 'password') })),
  missing: invited({}, () => ({ failure: failed('name.required', 'given_name') })),
  'wrong-password': invited({ asks: 'password' }, () => ({ failure: failed('password.wrong', 'password') })),
  locked: invited({ asks: 'password' }, () => ({ failure: locked() })),
  strict: (site) => invited()(strict(site)),
  'wrong-account': signedIn({ state: 'wrong-account', email: otherMasked }),
  used: invited({ state: 'used', email: otherMasked }),
  revoked: invited({ state: 'revoked', email: otherMasked }),
  expired: invited({ state: 'expired', email: otherMasked }),
  requested: invited({ state: 'expired', email: otherMasked }, () => ({ notice: 'invitation_requested' })),
  unknown: invited({ state: 'unknown' }),
  unavailable: invited({ state: 'unavailable', email: otherMasked }),
  long: invited(longInvitation, () => ({ values: longValues, failure: failed('name.invalid', 'family_name') })),
}

const starting =
  (over: Partial<StartLook> = {}, more: (site: UiSite) => Answered = () => ({})): Draw =>
  (site) => (
    <Start
      site={site}
      look={{ state: 'form', preview: 'account.example.com/o/{handle}', suggestions: [], ...over }}
      {...more(site)}
    />
  )

const business = (site: UiSite) => ({ ...values(site), name: 'Harbour & Sons', handle: 'harbour' })
const taken = { suggestions: ['harbour-sons', 'harbour-team', 'harbour-2'] }
const isTaken = (site: UiSite): Answered => ({
  values: business(site),
  failure: failed('organizations.handle_taken', 'handle'),
})
const ofInviter = {
  email: 'mara@example.com',
  inviter: 'Noor Haddad',
  message: 'We have kept a place for you.\nAsk me whatever you like.',
}
const longHandle = 'maximiliane-wolfeschlegelsteinhausenberg'

export const startStates: States = {
  default: starting(),
  approval: starting({ needsApproval: true }),
  invited: starting({ invitation: ofInviter }),
  'invited-by-program': starting({ invitation: { ...ofInviter, inviter: null, message: '' } }),
  error: starting({}, (site) => ({ values: business(site), failure: failed('password.too_common', 'password') })),
  missing: starting({}, () => ({ failure: failed('input.missing', 'name') })),
  taken: starting(taken, isTaken),
  reserved: starting({ suggestions: ['admin-team'] }, (site) => ({
    values: { ...business(site), handle: 'admin' },
    failure: failed('organizations.handle_reserved', 'handle'),
  })),
  locked: starting({}, (site) => ({ values: business(site), failure: locked() })),
  strict: (site) => starting()(strict(site)),
  handle: starting({ state: 'handle' }, (site) => ({ values: business(site) })),
  'another-handle': starting({ state: 'handle', ...taken }, isTaken),
  waiting: starting({ state: 'waiting', name: 'Harbour & Sons', handle: 'harbour' }),
  ready: starting({
    state: 'ready',
    name: 'Harbour & Sons',
    handle: 'harbour',
    address: 'https://account.example.com/o/harbour',
    signIn: 'https://account.example.com/o/harbour/sign-in',
  }),
  'invitation-only': starting({ state: 'invitation-only' }),
  used: starting({ state: 'used' }),
  expired: starting({ state: 'expired' }),
  revoked: starting({ state: 'revoked' }),
  long: starting({ suggestions: [longHandle, `${longHandle.slice(0, 38)}-2`] }, () => ({
    values: {
      ...longValues,
      name: `${longPerson.familyName} & ${longPerson.familyName}`.slice(0, 80),
      handle: longHandle,
    },
    failure: failed('organizations.handle_taken', 'handle'),
  })),
}

export const secureStates: States = {
  default: (site) => <Secure site={site} state="valid" email={samplePerson(site.locale).email} />,
  done: (site) => <Secure site={site} state="used" />,
  expired: (site) => <Secure site={site} state="expired" />,
  unknown: (site) => <Secure site={site} state="unknown" />,
  long: (site) => <Secure site={site} state="valid" email={longPerson.email} />,
}
