/** The states of the pages by which somebody joins: an invitation to an organization that there is. */
import type { ReactElement } from 'react'
import type { InvitationLook } from '#core/login/contract'
import { failed, locked, longPerson, longValues, sampleInvitation, samplePerson, strict, values } from './samples.ts'
import { Invitation } from './screens/invitation.tsx'
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
