/** The pages of a lost second step and of a forgotten username, with the states that each can be in. */
import { samplePerson, withUsernames } from './samples.ts'
import { Recover } from './screens/recover.tsx'
import { RecoverCancel, RecoverFactor } from './screens/recover-factor.tsx'
import type { UiSite } from './site.tsx'
import type { TouchPoint } from './touch-point.ts'

const valid = (site: UiSite) => ({
  site,
  state: 'valid' as const,
  email: samplePerson(site.locale).email,
  askedAt: new Date('2026-11-24T18:20:00Z'),
})

export const recoveryTouchPoints: TouchPoint[] = [
  {
    screen: 'recover-name',
    path: '/recover?of=name',
    audience: 'visitor',
    states: {
      default: (site) => <Recover site={withUsernames(site)} isOfName />,
      error: (site) => (
        <Recover
          site={withUsernames(site)}
          isOfName
          values={{ email: 'ada@' }}
          failure={{ code: 'email.invalid', field: 'email' }}
        />
      ),
    },
  },
  {
    screen: 'recover-factor',
    path: '/recover/factor',
    audience: 'visitor',
    states: {
      default: (site) => <RecoverFactor {...valid(site)} />,
      error: (site) => <RecoverFactor {...valid(site)} failure={{ code: 'password.wrong', field: 'password' }} />,
      used: (site) => <RecoverFactor site={site} state="used" />,
      cancelled: (site) => <RecoverFactor site={site} state="cancelled" />,
      expired: (site) => <RecoverFactor site={site} state="expired" />,
      unknown: (site) => <RecoverFactor site={site} state="unknown" />,
    },
  },
  {
    screen: 'recover-cancel',
    path: '/recover/cancel',
    audience: 'visitor',
    states: {
      default: (site) => <RecoverCancel {...valid(site)} />,
      cancelled: (site) => <RecoverCancel site={site} state="cancelled" />,
      used: (site) => <RecoverCancel site={site} state="used" />,
      unknown: (site) => <RecoverCancel site={site} state="unknown" />,
    },
  },
]
