import { z } from 'zod'
import {
  approve,
  askForNewPassword,
  decline,
  endSessions,
  remove,
  resetPassword,
  resetSecondStep,
  resume,
  suspend,
} from '#core/roster'
import { below, operation } from './operation.ts'
import { reason } from './people-shape.ts'

const params = { id: '{{organization}}', person: '{{person}}' }
const why = z.strictObject({ reason })
const whySecondStep = z.strictObject({
  reason,
  passkeys: z.boolean().optional().describe('Whether passkeys go as well; they stay unless told'),
})
const perhapsWhy = z.strictObject({ reason: reason.optional() })

export const suspendPerson = operation({
  ...below('/people/{person}/suspend'),
  id: 'people.suspend',
  method: 'post',
  summary: 'Suspend somebody',
  description: 'Who lives here is suspended wherever they belong. Their sessions end.',
  can: 'people.suspend',
  body: perhapsWhy,
  fails: ['person.unknown', 'roster.invalid', 'roster.waiting', 'access.last_owner', 'authority.exceeds_own'],
  example: { params, body: { reason: 'On leave until spring' } },
  byItself: async ({ by, organization, params: named, body }) => {
    await suspend(organization.id, by, named.person, body)
    return {}
  },
})

export const resumePerson = operation({
  ...below('/people/{person}/resume'),
  id: 'people.resume',
  method: 'post',
  summary: 'Take a suspension back',
  description: 'Nothing that ended by it comes back.',
  can: 'people.suspend',
  body: perhapsWhy,
  fails: ['person.unknown', 'roster.invalid', 'authority.exceeds_own'],
  example: { params, body: {} },
  byItself: async ({ by, organization, params: named, body }) => {
    await resume(organization.id, by, named.person, body)
    return {}
  },
})

export const endPersonSessions = operation({
  ...below('/people/{person}/end-sessions'),
  id: 'people.end-sessions',
  method: 'post',
  summary: 'Sign somebody out',
  description: 'Of this organization; who lives here, of every one.',
  can: 'people.suspend',
  fails: ['person.unknown', 'authority.exceeds_own'],
  example: { params },
  byItself: async ({ by, organization, params: named }) => {
    await endSessions(organization.id, by, named.person)
    return {}
  },
})

const ofResets = [
  'person.unknown',
  'roster.invalid',
  'roster.lives_elsewhere',
  'roster.not_active',
  'roster.too_many_tries',
  'authority.exceeds_own',
]

export const resetPersonPassword = operation({
  ...below('/people/{person}/reset-password'),
  id: 'people.reset-password',
  method: 'post',
  summary: 'Reset a lost password',
  description: 'It ends with all sessions. The person is written how they choose the next one; nobody else sees that.',
  can: 'people.reset',
  body: why,
  fails: ofResets,
  example: { params, body: { reason: 'Asked for it by phone' } },
  byItself: async ({ by, organization, params: named, body }) => {
    await resetPassword(organization.id, by, named.person, body)
    return {}
  },
})

export const askPersonForNewPassword = operation({
  ...below('/people/{person}/ask-new-password'),
  id: 'people.ask-new-password',
  method: 'post',
  summary: 'Ask for a new password at the next sign-in',
  description:
    'Nothing ends before: with the present password they get as far as the page where they choose another one.',
  can: 'people.reset',
  body: why,
  fails: [...ofResets, 'roster.no_password'],
  example: {
    params: { ...params, person: '{{person_with_password}}' },
    body: { reason: 'It was on a list' },
    needs: 'person_with_password',
  },
  byItself: async ({ by, organization, params: named, body }) => {
    await askForNewPassword(organization.id, by, named.person, body)
    return {}
  },
})

export const resetPersonSecondStep = operation({
  ...below('/people/{person}/reset-second-step'),
  id: 'people.reset-second-step',
  method: 'post',
  summary: 'Take a lost second step away',
  description: 'The authenticator app, phones and recovery codes. All sessions end with it, and the person is told.',
  can: 'people.reset',
  body: whySecondStep,
  fails: [...ofResets, 'roster.no_second_step'],
  example: {
    params: { ...params, person: '{{person_with_second_step}}' },
    body: { reason: 'Lost their phone' },
    needs: 'person_with_second_step',
  },
  byItself: async ({ by, organization, params: named, body }) => {
    await resetSecondStep(organization.id, by, named.person, body)
    return {}
  },
})

const waiting = { ...params, person: '{{person_waiting}}' }

export const approvePerson = operation({
  ...below('/people/{person}/approve'),
  id: 'people.approve',
  method: 'post',
  summary: 'Let somebody in who waits for an approval',
  can: 'sign-up.approve',
  fails: ['person.unknown', 'roster.not_waiting'],
  example: { params: waiting, needs: 'person_waiting' },
  byItself: async ({ by, organization, params: named }) => {
    await approve(organization.id, by, named.person)
    return {}
  },
})

export const declinePerson = operation({
  ...below('/people/{person}/decline'),
  id: 'people.decline',
  method: 'post',
  summary: 'Turn somebody away who waits for an approval',
  description: 'An account that the sign-up made here goes with it. The reason stays in the trail.',
  can: 'sign-up.approve',
  body: why,
  fails: ['person.unknown', 'roster.invalid', 'roster.not_waiting', 'authority.exceeds_own'],
  example: { params: waiting, body: { reason: 'Nobody here knows them' }, needs: 'person_waiting' },
  byItself: async ({ by, organization, params: named, body }) => {
    await decline(organization.id, by, named.person, body)
    return {}
  },
})

export const removePerson = operation({
  ...below('/people/{person}'),
  id: 'people.remove',
  method: 'delete',
  summary: 'Remove somebody',
  description: 'Who lives here is deleted for good; who lives elsewhere does not belong here any more.',
  can: 'people.delete',
  query: z.object({ reason: reason.optional() }),
  fails: ['person.unknown', 'roster.invalid', 'access.last_owner', 'authority.exceeds_own'],
  example: { params },
  byItself: async ({ by, organization, params: named, query }) => {
    await remove(organization.id, by, named.person, query)
    return {}
  },
})

export const standingOperations = [
  suspendPerson,
  resumePerson,
  endPersonSessions,
  resetPersonPassword,
  askPersonForNewPassword,
  resetPersonSecondStep,
  approvePerson,
  declinePerson,
  removePerson,
]
