/** The pages of My Account about sessions and about proving oneself again, with their states. */
import { failed, samplePerson } from './samples.ts'
import { onlyThisSession, sampleConfirm, sampleSessions } from './samples-sessions.ts'
import { Confirm } from './screens/confirm.tsx'
import { Sessions } from './screens/sessions.tsx'
import type { UiSite } from './site.tsx'
import type { TouchPoint } from './touch-point.ts'

const who = (site: UiSite) => samplePerson(site.locale)

export const sessionsTouchPoints: TouchPoint[] = [
  {
    screen: 'sessions',
    path: '/account/sessions',
    audience: 'person',
    states: {
      default: (site) => <Sessions site={site} data={sampleSessions(who(site))} />,
      alone: (site) => <Sessions site={site} data={onlyThisSession(who(site))} />,
      saved: (site) => <Sessions site={site} data={onlyThisSession(who(site))} notice="other_sessions_ended" />,
      error: (site) => <Sessions site={site} data={sampleSessions(who(site))} failure={failed('session.not_found')} />,
    },
  },
  {
    screen: 'confirm',
    path: '/account/confirm',
    audience: 'person',
    states: {
      default: (site) => <Confirm site={site} data={sampleConfirm(who(site))} />,
      'with-code': (site) => (
        <Confirm
          site={site}
          data={{ ...sampleConfirm(who(site)), asked: { password: true, code: true, passkey: false } }}
        />
      ),
      passkey: (site) => (
        <Confirm
          site={site}
          data={{ ...sampleConfirm(who(site)), asked: { password: true, code: true, passkey: true } }}
        />
      ),
      'passkey-alone': (site) => (
        <Confirm
          site={site}
          data={{ ...sampleConfirm(who(site)), asked: { password: false, code: false, passkey: true } }}
          failure={failed('passkey.refused')}
        />
      ),
      error: (site) => (
        <Confirm site={site} data={sampleConfirm(who(site))} failure={failed('password.wrong', 'current_password')} />
      ),
      nothing: (site) => (
        <Confirm
          site={site}
          data={{ ...sampleConfirm(who(site)), asked: { password: false, code: false, passkey: false } }}
        />
      ),
    },
  },
]
