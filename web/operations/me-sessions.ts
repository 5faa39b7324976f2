import { z } from 'zod'
import {
  endOtherSessions,
  endOwnSession,
  forgetOwnDevice,
  ownSessions,
  type TrustedDevice,
  trustedDevices,
} from '#core/account'
import type { SessionView } from '#core/sessions/contract'
import { at, operation } from './operation.ts'

const description = 'Of the organization of this address. A service account has none: it is refused.'
const fails = ['account.not_a_person']
/** Only a person has any. */
const example = { needs: 'own_session' }
const exampleOfDevices = { needs: 'own_device' }

const browser = {
  user_agent: z.string().nullable().describe('What the browser said of itself'),
  address: z.string().nullable().describe('Where it was last seen'),
  last_seen_at: z.iso.datetime(),
}

const sessionShape = z
  .strictObject({
    id: z.string(),
    methods: z.array(z.string()).describe('How its person has proven themselves: `pwd`, `otp`'),
    created_at: z.iso.datetime(),
    ...browser,
  })
  .meta({ id: 'Session', description: 'A browser in which somebody is signed in' })

const sessionOf = (session: SessionView): z.infer<typeof sessionShape> => ({
  id: session.id,
  methods: session.methods,
  created_at: at(session.createdAt),
  user_agent: session.userAgent,
  address: session.address,
  last_seen_at: at(session.lastSeenAt),
})

const deviceShape = z
  .strictObject({
    id: z.string(),
    created_at: z.iso.datetime(),
    ...browser,
    trusted_until: z.iso.datetime().describe('Until then it spares its person the second step'),
  })
  .meta({ id: 'TrustedDevice', description: 'A browser that somebody trusts' })

const deviceOf = (device: TrustedDevice): z.infer<typeof deviceShape> => ({
  id: device.id,
  created_at: at(device.createdAt),
  user_agent: device.userAgent,
  address: device.address,
  last_seen_at: at(device.lastSeenAt),
  trusted_until: at(device.trustedUntil),
})

const listSessions = operation({
  id: 'me.sessions.list',
  method: 'get',
  path: '/me/sessions',
  summary: 'List the browsers in which you are signed in',
  description,
  can: 'self',
  answer: z.strictObject({ items: z.array(sessionShape) }),
  fails,
  example,
  byItself: async ({ by, organization }) => ({
    body: { items: (await ownSessions(organization.id, by)).map(sessionOf) },
  }),
})

const endSession = operation({
  id: 'me.sessions.end',
  method: 'delete',
  path: '/me/sessions/{session}',
  summary: 'Sign out in one browser',
  description,
  can: 'self',
  fails: [...fails, 'session.not_found'],
  example: { ...example, params: { session: '{{own_session}}' } },
  byItself: async ({ by, organization, params }) => {
    await endOwnSession(organization.id, by, params.session)
    return {}
  },
})

const endOthers = operation({
  id: 'me.sessions.end-others',
  method: 'post',
  path: '/me/sessions/end-others',
  summary: 'Sign out in every browser but your own',
  description: `${description} Asked for by a program of yours, it ends all of them.`,
  can: 'self',
  answer: z.strictObject({ ended: z.int() }),
  fails,
  example,
  byItself: async ({ by, organization }) => ({ body: { ended: await endOtherSessions(organization.id, by, null) } }),
})

const listDevices = operation({
  id: 'me.trusted-devices.list',
  method: 'get',
  path: '/me/trusted-devices',
  summary: 'List the browsers that you trust',
  description,
  can: 'self',
  answer: z.strictObject({ items: z.array(deviceShape) }),
  fails,
  example: exampleOfDevices,
  byItself: async ({ by, organization }) => ({
    body: { items: (await trustedDevices(organization.id, by)).map(deviceOf) },
  }),
})

const forgetDevice = operation({
  id: 'me.trusted-devices.forget',
  method: 'delete',
  path: '/me/trusted-devices/{device}',
  summary: 'Forget a browser that you trust',
  description,
  can: 'self',
  fails: [...fails, 'device.unknown'],
  example: { ...exampleOfDevices, params: { device: '{{own_device}}' } },
  byItself: async ({ by, organization, params }) => {
    await forgetOwnDevice(organization.id, by, params.device)
    return {}
  },
})

export const mySessionOperations = [listSessions, endSession, endOthers, listDevices, forgetDevice]
