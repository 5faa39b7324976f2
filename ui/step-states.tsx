/** The states of the places of a flow, from the first page of a sign-in to the last question before somebody is in. */
import type { StepId } from '#core/flows/contract'
import type { Place } from '#core/login/contract'
import {
  failed,
  locked,
  longPerson,
  longValues,
  maskedEmail,
  maskedPhone,
  minutesFromNow,
  sampleEnrolment,
  samplePerson,
  signingInWith,
  strict,
  values,
} from './samples.ts'
import { Expired } from './screens/dead-end.tsx'
import { SignInElsewhere } from './screens/sign-in-elsewhere.tsx'
import { Step } from './screens/step.tsx'
import type { Answered, UiSite } from './site.tsx'
import type { Draw, TouchPoint } from './touch-point.ts'

type More = Answered & { resendAt?: string; who?: string }
type Ways = Place['ways']

const drawn =
  (place: Place, more: (site: UiSite) => More = () => ({})): Draw =>
  (site) => <Step site={site} place={place} who={samplePerson(site.locale).email} {...more(site)} />

const placed = (step: StepId, page: Place['page'], over: Partial<Place> = {}): Place => ({
  step,
  at: step,
  page,
  settings: {},
  isSecond: false,
  ways: [],
  ...over,
})

const first = (step: StepId, over?: Partial<Place>) => placed(step, '/sign-in', over)
const second = (step: StepId, over?: Partial<Place>) =>
  placed(step, '/mfa', { at: `second/${step}`, isSecond: true, trustDays: 30, ways: otherWays(step), ...over })
const asked = (step: StepId, over?: Partial<Place>) => placed(step, '/consent', over)

const byPasskey: Ways = [{ at: 'passkey', step: 'passkey' }]
const secondWays: Ways = [
  { at: 'second/passkey', step: 'passkey' },
  { at: 'second/totp', step: 'totp' },
  { at: 'second/sms-code', step: 'sms-code', hint: maskedPhone },
  { at: 'second/email-code', step: 'email-code', hint: maskedEmail },
  { at: 'second/recovery-code', step: 'recovery-code' },
  { at: 'second/help', step: 'help' },
]
const otherWays = (step: StepId): Ways => secondWays.filter((way) => way.step !== step)

const says =
  (code: string, field?: string, more?: Parameters<typeof failed>[2]) =>
  (site: UiSite): More => ({ values: values(site), failure: failed(code, field, more) })
const isLocked = (site: UiSite): More => ({ values: values(site), failure: locked() })
const noticed = (notice: string) => (): More => ({ notice })
const longWho = (): More => ({ who: longPerson.email, values: longValues })

const signIn = first('password', { settings: { withIdentifier: true }, ways: byPasskey })
const sampleWay = { name: 'Pier 24', domain: 'pier24.example', href: '#', hasTyped: true }

const signInStates: TouchPoint['states'] = {
  default: drawn(signIn),
  error: drawn(signIn, says('login.wrong_credentials')),
  missing: drawn(signIn, () => ({ failure: failed('input.missing', 'username') })),
  locked: drawn(signIn, isLocked),
  busy: drawn(signIn, says('login.busy')),
  notice: drawn(signIn, (site) => ({ values: values(site), notice: 'password_reset' })),
  led: drawn(signIn, (site) => ({ values: values(site), notice: 'sign_in_here_typed' })),
  'password-alone': drawn({ ...signIn, ways: [] }),
  usernames: (site) => drawn(signIn)(signingInWith(site, 'email', 'username')),
  ways: drawn({ ...signIn, ways: [...byPasskey, { at: 'email', step: 'email-code' }] }),
  elsewhere: (site) => <SignInElsewhere site={site} {...sampleWay} />,
  expired: (site) => <Expired site={site} screen="sign-in" again="/sign-in?again=1" />,
  long: drawn(signIn, () => ({ values: longValues, failure: failed('login.wrong_credentials') })),
}

const identifier = first('identifier', { isPasswordLater: true, ways: byPasskey })
const password = first('password', { ways: [...byPasskey, { at: 'email', step: 'email-code', hint: maskedEmail }] })
const passkey = first('passkey', { ways: [{ at: 'password', step: 'password' }] })
const emailCode = first('email-code', { sentTo: maskedEmail, ways: [{ at: 'password', step: 'password' }] })
const smsCode = second('sms-code', { sentTo: maskedPhone })

const beforeProof: TouchPoint[] = [
  { screen: 'sign-in', path: '/sign-in', audience: 'visitor', states: signInStates },
  {
    screen: 'step-identifier',
    path: '/sign-in',
    audience: 'visitor',
    states: {
      default: drawn(identifier),
      error: drawn(identifier, () => ({ values: { username: 'ada@' }, failure: failed('email.invalid', 'username') })),
      phones: (site) => drawn({ ...identifier, ways: [] })(signingInWith(site, 'phone')),
      several: (site) => drawn(identifier)(signingInWith(site, 'email', 'phone', 'username')),
    },
  },
  {
    screen: 'step-password',
    path: '/sign-in',
    audience: 'visitor',
    states: {
      default: drawn(password),
      error: drawn(password, says('login.wrong_credentials')),
      locked: drawn(password, isLocked),
      long: drawn(password, longWho),
    },
  },
  {
    screen: 'step-passkey',
    path: '/sign-in',
    audience: 'visitor',
    states: {
      default: drawn(passkey),
      error: drawn(passkey, says('passkey.unknown')),
      second: drawn(second('passkey')),
      'second-error': drawn(second('passkey'), says('passkey.refused')),
      alone: drawn(first('passkey')),
    },
  },
  {
    screen: 'step-email-code',
    path: '/sign-in',
    audience: 'visitor',
    states: {
      default: drawn(emailCode, () => ({ resendAt: minutesFromNow(0.4) })),
      error: drawn(emailCode, says('ticket.wrong_code', 'code', { triesLeft: 3 })),
      sent: drawn(emailCode, noticed('code_sent')),
      ask: drawn(first('email-code', { ways: byPasskey }), () => ({ values: {} })),
      unnamed: drawn({ ...emailCode, sentTo: '' }),
      open: drawn({ ...emailCode, isLinkOpen: true }),
      second: drawn(second('email-code', { sentTo: maskedEmail })),
      expired: (site) => <Expired site={site} screen="step-email-code" again="/sign-in?again=1" />,
    },
  },
]

const bySecondStep: TouchPoint[] = [
  {
    screen: 'step-sms-code',
    path: '/mfa',
    audience: 'visitor',
    states: {
      default: drawn(smsCode, () => ({ resendAt: minutesFromNow(0.4) })),
      error: drawn(smsCode, says('ticket.wrong_code', 'code', { triesLeft: 1 })),
      sent: drawn(smsCode, noticed('code_sent')),
      first: drawn(first('sms-code', { sentTo: maskedPhone })),
      ask: (site) => drawn(first('sms-code'), () => ({ values: {} }))(signingInWith(site, 'phone')),
    },
  },
  {
    screen: 'mfa',
    path: '/mfa',
    audience: 'visitor',
    states: {
      default: drawn(second('totp')),
      alone: drawn(second('totp', { ways: [], trustDays: 0 })),
      error: drawn(second('totp'), says('login.wrong_code', 'code')),
      used: drawn(second('totp'), says('login.code_used', 'code')),
      locked: drawn(second('totp'), isLocked),
      expired: (site) => <Expired site={site} screen="mfa" again="/sign-in?again=1" />,
      long: drawn(second('totp'), longWho),
    },
  },
  {
    screen: 'step-recovery-code',
    path: '/mfa',
    audience: 'visitor',
    states: {
      default: drawn(second('recovery-code', { codesLeft: 7 })),
      last: drawn(second('recovery-code', { codesLeft: 1 })),
      error: drawn(second('recovery-code', { codesLeft: 7 }), says('recovery_code.wrong', 'code')),
    },
  },
  {
    screen: 'step-help',
    path: '/mfa',
    audience: 'visitor',
    states: {
      default: drawn(second('help')),
      missing: drawn(second('help'), says('input.missing', 'reason')),
      'at-once': (site) => drawn(second('help'))(withoutWaiting(site)),
    },
  },
]

const withoutWaiting = (site: UiSite): UiSite => ({
  ...site,
  organization: { ...site.organization, security: { recoveryWaitHours: 0 } },
})

const enrol = (methods: Place['methods'], over?: Partial<Place>) => placed('enrol', '/mfa', { methods, ...over })
const app = enrol(['totp'], { enrolment: sampleEnrolment })

const documents: Place['terms'] = [
  { id: 'terms', version: 3, title: 'Terms of use', url: 'https://www.example.com/terms' },
  { id: 'privacy', version: 1, title: 'Privacy notice', url: 'https://www.example.com/privacy' },
]
const profile = asked('profile', {
  fields: [
    { name: 'given_name', isRequired: true, value: '' },
    { name: 'family_name', isRequired: true, value: '' },
    { name: 'phone', isRequired: false, value: '' },
  ],
})
const organizations: Place['organizations'] = [
  { id: 'org_2', name: 'Pier 24', address: 'account.example.com/o/pier-24', isHere: false },
  { id: 'org_1', name: 'Harbour & Sons', address: 'account.example.com/o/harbour', isHere: true },
  {
    id: 'org_3',
    name: 'Streckenfluglotsenausbildungsverantwortlichkeitsvertretung Nord',
    address: 'account.streckenfluglotsenausbildungsverantwortlichkeit.example.com',
    isHere: false,
  },
]
const newPassword = (why: Place['why']) => asked('new-password', { why })

const afterProof: TouchPoint[] = [
  {
    screen: 'mfa-enrol',
    path: '/mfa',
    audience: 'visitor',
    states: {
      default: drawn(app),
      error: drawn(app, says('login.wrong_code', 'code')),
      several: drawn({ ...app, methods: ['totp', 'passkey', 'sms-code'] }),
      passkey: drawn(enrol(['passkey', 'totp', 'sms-code'])),
      phone: drawn(enrol(['sms-code', 'totp'])),
      'phone-error': drawn(enrol(['sms-code', 'totp']), () => ({
        values: { phone: '12' },
        failure: failed('phone.invalid', 'phone'),
      })),
      'phone-code': drawn(enrol(['sms-code', 'totp'], { sentTo: maskedPhone })),
    },
  },
  {
    screen: 'step-new-password',
    path: '/consent',
    audience: 'visitor',
    states: {
      default: drawn(newPassword('asked')),
      expired: drawn(newPassword('expired')),
      first: (site) => drawn(newPassword('first'))(strict(site)),
      error: drawn(newPassword('expired'), says('password.same', 'new_password')),
    },
  },
  {
    screen: 'step-terms',
    path: '/consent',
    audience: 'visitor',
    states: {
      default: drawn(asked('terms', { terms: documents })),
      one: drawn(asked('terms', { terms: [{ id: 'house', version: 1, title: 'House rules', url: null }] })),
      missing: drawn(asked('terms', { terms: documents }), says('input.missing', 'terms.terms')),
      expired: (site) => <Expired site={site} screen="step-terms" again="/sign-in?again=1" />,
    },
  },
  {
    screen: 'step-profile',
    path: '/consent',
    audience: 'visitor',
    states: {
      default: drawn(profile, () => ({ values: {} })),
      optional: drawn(asked('profile', { fields: [{ name: 'username', isRequired: false, value: 'noor' }] })),
      error: drawn(profile, () => ({ values: longValues, failure: failed('name.invalid', 'family_name') })),
    },
  },
  {
    screen: 'step-offer-passkey',
    path: '/consent',
    audience: 'visitor',
    states: {
      default: drawn(asked('offer-passkey')),
      error: drawn(asked('offer-passkey'), says('passkey.refused')),
    },
  },
  {
    screen: 'step-organization',
    path: '/consent',
    audience: 'visitor',
    states: { default: drawn(asked('organization', { organizations })) },
  },
]

export const stepTouchPoints: TouchPoint[] = [...beforeProof, ...bySecondStep, ...afterProof]
