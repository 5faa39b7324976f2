/**
 * Every page a person meets, with the states that it can be in. The gallery shows this list and the tests walk it, so a
 * page that is missing here is a page that nobody looks at.
 */
import { consoleTouchPoints } from './console/touch-points.tsx'
import { invitationStates, secureStates, startStates } from './entry-states.tsx'
import {
  closed,
  failed,
  forBusinesses,
  locked,
  longPerson,
  longValues,
  maskedEmail,
  minutesFromNow,
  sampleAccount,
  samplePerson,
  sampleProfile,
  values,
  withUsernames,
} from './samples.ts'
import { Account } from './screens/account.tsx'
import { CheckMail } from './screens/check-mail.tsx'
import { Expired } from './screens/dead-end.tsx'
import { Problem } from './screens/problem.tsx'
import { Profile, type ProfileData } from './screens/profile.tsx'
import { Recover } from './screens/recover.tsx'
import { Reset } from './screens/reset.tsx'
import { SignOut } from './screens/sign-out.tsx'
import { SignUp } from './screens/sign-up.tsx'
import { OtherBrowser, Verify } from './screens/verify.tsx'
import { securityTouchPoints } from './security-states.tsx'
import type { UiSite } from './site.tsx'
import { stepTouchPoints } from './step-states.tsx'
import type { Draw, TouchPoint } from './touch-point.ts'
import { recoveryTouchPoints } from './touch-points-recovery.tsx'
import { sessionsTouchPoints } from './touch-points-sessions.tsx'

const who = (site: UiSite) => samplePerson(site.locale)
const long = longPerson

/** Nothing to sign in with but a mailbox. */
const nothing = {
  hasSecondStep: false,
  passkeys: 0,
  codesLeft: 0,
  secondStepAt: null,
  passkeyAt: null,
  passwordChangedAt: null,
}
const profile = (site: UiSite, over: Partial<ProfileData> = {}) => ({ ...sampleProfile(who(site)), ...over })

const pages: TouchPoint[] = [
  {
    screen: 'sign-up',
    path: '/sign-up',
    audience: 'visitor',
    states: {
      default: (site) => <SignUp site={site} />,
      error: (site) => <SignUp site={site} values={values(site)} failure={failed('password.too_common', 'password')} />,
      missing: (site) => <SignUp site={site} failure={failed('name.required', 'given_name')} />,
      locked: (site) => <SignUp site={site} values={values(site)} failure={locked()} />,
      closed: (site) => <SignUp site={closed(site)} />,
      businesses: (site) => <SignUp site={forBusinesses(site)} />,
      long: (site) => <SignUp site={site} values={longValues} failure={failed('name.invalid', 'family_name')} />,
    },
  },
  {
    screen: 'check-mail',
    path: '/verify',
    audience: 'visitor',
    states: {
      default: (site) => <CheckMail site={site} of="sign-up" email={maskedEmail} resendAt={minutesFromNow(0.4)} />,
      start: (site) => <CheckMail site={site} of="start" email={maskedEmail} />,
      recovery: (site) => <CheckMail site={site} of="recovery" email={maskedEmail} />,
      error: (site) => (
        <CheckMail
          site={site}
          of="sign-up"
          email={maskedEmail}
          failure={failed('ticket.wrong_code', 'code', { triesLeft: 3 })}
        />
      ),
      sent: (site) => <CheckMail site={site} of="sign-up" email={maskedEmail} notice="code_sent" />,
      expired: (site) => <Expired site={site} screen="check-mail" again="/sign-up" />,
      long: (site) => <CheckMail site={site} of="sign-up" email={long.email} />,
    },
  },
  {
    screen: 'verify',
    path: '/verify',
    audience: 'visitor',
    states: {
      default: (site) => <Verify site={site} state="confirm" email={who(site).email} />,
      start: (site) => <Verify site={site} state="confirm" of="start" email={who(site).email} />,
      'other-browser': (site) => <Verify site={site} state="other-browser" code="482913" />,
      'sign-in': (site) => <OtherBrowser site={site} code="482913" path="/sign-in" />,
      used: (site) => <Verify site={site} state="used" />,
      expired: (site) => <Verify site={site} state="expired" />,
      unknown: (site) => <Verify site={site} state="unknown" />,
      long: (site) => <Verify site={site} state="confirm" email={long.email} />,
    },
  },
  { screen: 'invitation', path: '/invitation', audience: 'visitor', states: invitationStates },
  { screen: 'start', path: '/start', audience: 'visitor', states: startStates },
  {
    screen: 'recover',
    path: '/recover',
    audience: 'visitor',
    states: {
      default: (site) => <Recover site={site} />,
      error: (site) => <Recover site={site} values={{ email: 'ada@' }} failure={failed('email.invalid', 'email')} />,
      locked: (site) => <Recover site={site} values={values(site)} failure={locked()} />,
    },
  },
  {
    screen: 'reset',
    path: '/reset',
    audience: 'visitor',
    states: {
      default: (site) => <Reset site={site} state="valid" email={who(site).email} />,
      error: (site) => (
        <Reset
          site={site}
          state="valid"
          email={who(site).email}
          failure={failed('password.too_short', 'new_password')}
        />
      ),
      used: (site) => <Reset site={site} state="used" />,
      expired: (site) => <Reset site={site} state="expired" />,
      unknown: (site) => <Reset site={site} state="unknown" />,
    },
  },
  { screen: 'secure', path: '/secure', audience: 'visitor', states: secureStates },
  {
    screen: 'sign-out',
    path: '/sign-out',
    audience: 'person',
    states: {
      default: (site) => <SignOut site={site} email={who(site).email} />,
      done: (site) => <SignOut site={site} email={null} />,
      long: (site) => <SignOut site={site} email={long.email} />,
    },
  },
  {
    screen: 'account',
    path: '/account',
    audience: 'person',
    states: {
      default: (site) => <Account site={site} data={sampleAccount(who(site))} />,
      attention: (site) => <Account site={site} data={{ ...sampleAccount(who(site)), codesLeft: 1, phone: null }} />,
      empty: (site) => (
        <Account
          site={site}
          data={{
            ...sampleAccount({ ...who(site), givenName: '', familyName: '' }),
            ...nothing,
            phone: null,
          }}
        />
      ),
      welcome: (site) => <Account site={site} data={sampleAccount(who(site))} notice="address_verified" />,
      long: (site) => <Account site={site} data={sampleAccount(long)} />,
    },
  },
  {
    screen: 'profile',
    path: '/account/profile',
    audience: 'person',
    states: {
      default: (site) => <Profile site={site} data={profile(site)} />,
      saved: (site) => <Profile site={site} data={profile(site)} notice="profile_saved" />,
      empty: (site) => (
        <Profile
          site={site}
          data={profile(site, { phone: null, person: { ...who(site), givenName: '', familyName: '' } })}
        />
      ),
      'edit-name': (site) => <Profile site={site} data={profile(site)} edit="name" />,
      username: (site) => (
        <Profile site={withUsernames(site)} data={profile(site, { username: 'noor' })} edit="username" />
      ),
      'edit-phone': (site) => <Profile site={site} data={profile(site)} edit="phone" />,
      'edit-locale': (site) => <Profile site={site} data={profile(site)} edit="locale" />,
      error: (site) => (
        <Profile
          site={site}
          data={profile(site)}
          edit="phone"
          values={{ phone: '12' }}
          failure={failed('phone.invalid', 'phone')}
        />
      ),
      conflict: (site) => (
        <Profile site={site} data={profile(site)} edit="name" failure={failed('person.changed_elsewhere')} />
      ),
      long: (site) => <Profile site={site} data={sampleProfile(long)} />,
    },
  },
  ...securityTouchPoints,
  ...sessionsTouchPoints,
  {
    screen: 'error',
    path: '/nothing-here',
    audience: 'visitor',
    states: {
      default: (site) => <Problem site={site} status={404} />,
      broken: (site) => <Problem site={site} status={500} reference="7F3A-91C2" />,
      busy: (site) => <Problem site={site} status={503} />,
      foreign: (site) => <Problem site={site} status={403} />,
    },
  },
]

export const touchPoints: TouchPoint[] = [...stepTouchPoints, ...pages, ...recoveryTouchPoints, ...consoleTouchPoints]

/** The drawing of one state, or null where there is no such page or state. */
export function drawingOf(screen: string, state: string): Draw | null {
  const states = touchPoints.find((touchPoint) => touchPoint.screen === screen)?.states
  return states && Object.hasOwn(states, state) ? (states[state] ?? null) : null
}
