/** The states of the pages on which somebody looks after what they prove themselves with. */
import type { SignedIn } from './frame/account-frame.tsx'
import { failed, lenient, longPerson, minutesFromNow, sampleEnrolment, samplePerson, strict } from './samples.ts'
import { RecoveryCodes, type RecoveryCodesData } from './screens/recovery-codes.tsx'
import { Security, type SecurityData } from './screens/security.tsx'
import type { UiSite } from './site.tsx'
import type { TouchPoint } from './touch-point.ts'

const at = (iso: string) => new Date(iso)

const laptop = {
  id: 'pky_1',
  name: '1Password',
  authenticator: '1Password',
  isSynced: true,
  host: null,
  addedAt: at('2026-03-03T10:00:00Z'),
  lastUsedAt: at('2026-11-24T19:02:00Z'),
}
const key = {
  ...laptop,
  id: 'pky_2',
  name: 'Blue key',
  authenticator: 'YubiKey 5',
  isSynced: false,
  lastUsedAt: null,
}
const elsewhere = { ...laptop, id: 'pky_3', name: null, authenticator: null, host: 'login.example.com' }
const app = { name: null, addedAt: at('2026-11-20T10:00:00Z'), lastUsedAt: at('2026-11-23T08:15:00Z') }
const phone = { id: 'pho_1', number: '+41 79 555 01 42', addedAt: at('2026-11-20T10:00:00Z'), lastUsedAt: null }

const whole = (person: SignedIn): SecurityData => ({
  person,
  passwordChangedAt: at('2026-03-03T10:00:00Z'),
  passkeys: [laptop, key],
  app,
  phones: [phone],
  codesLeft: 8,
  waysIn: 3,
  secondSteps: 4,
  isSecondStepRequired: false,
  isFresh: true,
  offers: { passkeys: true, phones: true },
  enrolment: null,
  phoneUnderWay: null,
  signal: null,
})

/** A password, and nothing else. */
const plain = { passkeys: [], app: null, phones: [], codesLeft: 0, waysIn: 1, secondSteps: 0 }
/** A passkey, and nothing else. */
const passwordless = { ...plain, passkeys: [laptop], passwordChangedAt: null, secondSteps: 1 }

const longName = 'Maximiliane-Philippines-Donaudampfschifffahrtsgesellschaft-Key'.slice(0, 60)

const security = (site: UiSite, over: Partial<SecurityData> = {}): SecurityData => ({
  ...whole(samplePerson(site.locale)),
  ...over,
})

const codes: RecoveryCodesData = {
  person: samplePerson('en'),
  made: 'nte_1',
  madeAt: at('2026-11-24T19:02:00Z'),
  codes: ['4f2k', '9m0q', 'b7xw', 'c1t8', 'd5hn', 'e3rv', 'g6yz', 'h0ap', 'j8ks', 'k2me'].map(
    (start, index) => `${start}-${index}7qd-x${index}tv-m4${index}p`,
  ),
}

const phoneUnderWay = { number: '+41 79 555 01 42', resendAt: minutesFromNow(0.4) }

export const securityTouchPoints: TouchPoint[] = [
  {
    screen: 'security',
    path: '/account/security',
    audience: 'person',
    states: {
      default: (site) => <Security site={lenient(site)} data={security(site)} />,
      empty: (site) => <Security site={lenient(site)} data={security(site, plain)} />,
      passwordless: (site) => <Security site={lenient(site)} data={security(site, passwordless)} />,
      stale: (site) => <Security site={lenient(site)} data={security(site, { isFresh: false })} />,
      unoffered: (site) => (
        <Security
          site={lenient(site)}
          data={security(site, { ...plain, offers: { passkeys: false, phones: false } })}
        />
      ),
      few: (site) => <Security site={lenient(site)} data={security(site, { codesLeft: 1 })} />,
      'change-password': (site) => <Security site={lenient(site)} data={security(site)} edit="password" />,
      'set-password': (site) => <Security site={lenient(site)} data={security(site, passwordless)} edit="password" />,
      error: (site) => (
        <Security
          site={lenient(site)}
          data={security(site)}
          edit="password"
          failure={failed('password.wrong', 'current_password')}
        />
      ),
      passkey: (site) => <Security site={lenient(site)} data={security(site)} edit="manage-pky_2" />,
      'passkey-error': (site) => (
        <Security
          site={lenient(site)}
          data={security(site)}
          edit="manage-pky_1"
          failure={failed('factor.name_invalid', 'name')}
          values={{ name: longName }}
        />
      ),
      'remove-passkey': (site) => <Security site={lenient(site)} data={security(site)} edit="remove-pky_2" />,
      'last-way': (site) => <Security site={lenient(site)} data={security(site, passwordless)} edit="remove-pky_1" />,
      enrol: (site) => (
        <Security site={lenient(site)} data={security(site, { ...plain, enrolment: sampleEnrolment })} edit="app" />
      ),
      'enrol-error': (site) => (
        <Security
          site={lenient(site)}
          data={security(site, { ...plain, enrolment: sampleEnrolment })}
          edit="app"
          failure={failed('login.wrong_code', 'code')}
        />
      ),
      replace: (site) => (
        <Security site={lenient(site)} data={security(site, { enrolment: sampleEnrolment })} edit="app" />
      ),
      app: (site) => <Security site={lenient(site)} data={security(site)} edit="manage-app" />,
      'remove-app': (site) => <Security site={lenient(site)} data={security(site)} edit="remove-app" />,
      required: (site) => (
        <Security
          site={strict(site)}
          data={security(site, { passkeys: [], phones: [], waysIn: 1, secondSteps: 1, isSecondStepRequired: true })}
          edit="remove-app"
        />
      ),
      'add-phone': (site) => (
        <Security
          site={lenient(site)}
          data={security(site, { phones: [] })}
          edit="new-phone"
          values={{ phone: '12' }}
          failure={failed('phone.invalid', 'phone')}
        />
      ),
      'phone-code': (site) => (
        <Security site={lenient(site)} data={security(site, { phones: [], phoneUnderWay })} edit="phone" />
      ),
      'phone-error': (site) => (
        <Security
          site={lenient(site)}
          data={security(site, { phones: [], phoneUnderWay })}
          edit="phone"
          failure={failed('ticket.wrong_code', 'code', { triesLeft: 3 })}
        />
      ),
      'remove-phone': (site) => <Security site={lenient(site)} data={security(site)} edit="remove-pho_1" />,
      'new-codes': (site) => <Security site={lenient(site)} data={security(site)} edit="new-codes" />,
      saved: (site) => <Security site={lenient(site)} data={security(site)} notice="passkey_added" />,
      long: (site) => (
        <Security
          site={lenient(site)}
          data={{
            ...whole(longPerson),
            passkeys: [{ ...laptop, name: longName }, elsewhere],
            app: { ...app, name: longName },
          }}
        />
      ),
    },
  },
  {
    screen: 'recovery-codes',
    path: '/account/security/recovery-codes',
    audience: 'person',
    states: {
      default: (site) => <RecoveryCodes site={site} data={{ ...codes, person: samplePerson(site.locale) }} />,
      long: (site) => <RecoveryCodes site={site} data={{ ...codes, person: longPerson }} />,
    },
  },
]
