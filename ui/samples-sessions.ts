/** Sessions and known browsers for sample pages. Nobody is signed in anywhere. */
import type { SignedIn } from './frame/account-frame.tsx'
import type { ConfirmData } from './screens/confirm.tsx'
import type { SessionsData } from './screens/sessions.tsx'

const at = (iso: string) => new Date(iso)

const agents = {
  mac: 'Mozilla/5.0 (Macintosh; Intel Mac OS X 14_6) AppleWebKit/605.1.15 (KHTML, like Gecko) Version/26.0 Safari/605.1.15',
  linux: 'Mozilla/5.0 (X11; Linux x86_64; rv:146.0) Gecko/20100101 Firefox/146.0',
  iphone:
    'Mozilla/5.0 (iPhone; CPU iPhone OS 18_6 like Mac OS X) AppleWebKit/605.1.15 (KHTML, like Gecko) Version/26.0 Mobile/15E148 Safari/604.1',
}

const session = (id: string, userAgent: string | null, over: Partial<SessionsData['sessions'][number]> = {}) => ({
  id: `ses_${id}`,
  methods: ['pwd'],
  createdAt: at('2026-11-24T19:02:00Z'),
  lastSeenAt: at('2026-11-24T19:20:00Z'),
  deviceId: null,
  address: '198.51.100.23',
  userAgent,
  ...over,
})

const current = session('1', agents.mac, { methods: ['pwd', 'otp'] })

export const onlyThisSession = (person: SignedIn): SessionsData => ({
  person,
  currentId: current.id,
  now: at('2026-11-24T19:20:00Z'),
  sessions: [current],
  trusted: [],
})

export const sampleSessions = (person: SignedIn): SessionsData => ({
  ...onlyThisSession(person),
  sessions: [
    session('2', agents.linux, { lastSeenAt: at('2026-11-24T17:05:00Z'), createdAt: at('2026-11-24T16:08:00Z') }),
    current,
    session('3', agents.iphone, {
      lastSeenAt: at('2026-11-23T08:00:00Z'),
      createdAt: at('2026-11-02T08:00:00Z'),
      address: '2001:db8:12:34::7',
      methods: ['pwd', 'otp'],
    }),
    session('4', null, {
      lastSeenAt: at('2026-11-18T08:00:00Z'),
      createdAt: at('2026-11-18T08:00:00Z'),
      address: null,
    }),
  ],
  trusted: [
    {
      id: 'dev_1',
      userAgent: agents.iphone,
      address: '2001:db8:12:34::7',
      createdAt: at('2026-11-02T08:00:00Z'),
      lastSeenAt: at('2026-11-23T08:00:00Z'),
      trustedUntil: at('2026-12-02T08:00:00Z'),
    },
  ],
})

export const sampleConfirm = (person: SignedIn): ConfirmData => ({
  person,
  asked: { password: true, code: false, passkey: false },
  kept: 'nte_00000000000000000000000000',
  back: '/account/security',
})
