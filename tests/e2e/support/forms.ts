// Every form there is, with an answer that could be somebody's, and how to stand before it. web/routes.ts is the list; a
// story holds this one against it.

import { ada, callerAs } from './administrators.ts'
import { inviteTo, newPlatform } from './api.ts'
import { Authenticator } from './authenticator.ts'
import { Caller, newMember, secretIn } from './caller.ts'
import { consentStory } from './consent.ts'
import { factorStories } from './factor-forms.ts'
import type { FormStory } from './form-story.ts'
import { linkIn, newestMail } from './mail.ts'
import { newAddress, newcomer } from './newcomers.ts'
import { recoveryForms } from './recovery-forms.ts'
import type { Address } from './world.ts'

const stranger = async (address: Address): Promise<Caller> => new Caller(address)

const member = async (address: Address): Promise<Caller> => (await newMember(address)).caller

const { email, givenName, familyName, password } = newcomer('somebody')

/** With a code on its way to them. */
const beforeProof = async (address: Address): Promise<Caller> => {
  const caller = new Caller(address)
  const names = { given_name: givenName, family_name: familyName }
  await caller.answer('/sign-up', { ...names, email: newAddress('proof'), password })
  return caller
}

/** With the link of a mail opened here, wherever it leads. */
const withLink = async (caller: Caller, link: string): Promise<Caller> => {
  const { pathname, search } = new URL(link)
  await caller.see(pathname.slice(pathname.lastIndexOf('/')) + search)
  return caller
}

/** On the page of a link that sets a new password. */
const beforeReset = async (address: Address): Promise<Caller> => {
  const known = await newMember(address)
  const caller = new Caller(address)
  await caller.answer('/recover', { email: known.email })
  return withLink(caller, linkIn(await newestMail(known.email, 'recover-password')))
}

/** On the page of a notice's way out. */
const beforeSecuring = async (address: Address): Promise<Caller> => {
  const { caller, email: own, password: current } = await newMember(address)
  const next = newcomer('secured').password
  await caller.answer('/account/security/password', { current_password: current, new_password: next })
  return withLink(new Caller(address), linkIn(await newestMail(own, 'password-changed')))
}

/** On the page of an invitation, without an account. */
const beforeJoining = async (address: Address): Promise<Caller> => {
  const { link } = await inviteTo(address.handle, newAddress('invited'))
  return withLink(new Caller(address), link)
}

let platform: Promise<Address> | undefined

/** Where businesses come in by themselves, which is nowhere in the sample world. */
const beforeStarting = async (): Promise<Caller> => {
  platform ??= newPlatform('open', 'name')
  return new Caller(await platform)
}

const totp = '/account/security/totp'

/** Setting up an authenticator app. */
const beforeFirstCode = async (address: Address): Promise<Caller> => {
  const { caller } = await newMember(address)
  await caller.answer(totp, { intent: 'start' })
  return caller
}

/** With a password proven, and the second step asked for. */
const beforeSecondStep = async (address: Address): Promise<Caller> => {
  const known = await newMember(address)
  const started = await known.caller.answerAndFollow(totp, { intent: 'start' })
  const app = new Authenticator(secretIn(started.body))
  await known.caller.answer(totp, { intent: 'confirm', code: await app.nextCode() })
  const caller = new Caller(address)
  await caller.answer('/sign-in', { username: known.email, password: known.password })
  return caller
}

export const formStories: FormStory[] = [
  {
    path: '/sign-in',
    page: '/sign-in',
    answer: { username: email, password },
    needs: ['username', 'password'],
    typed: ['username', 'password'],
    keeps: ['username'],
    secrets: ['password'],
    stand: stranger,
  },
  {
    path: '/sign-up',
    page: '/sign-up',
    answer: { given_name: givenName, family_name: familyName, email, password },
    needs: ['given_name', 'family_name', 'email', 'password'],
    typed: ['given_name', 'family_name', 'email', 'password'],
    keeps: ['given_name', 'family_name', 'email'],
    secrets: ['password'],
    stand: stranger,
  },
  {
    path: '/recover',
    page: '/recover',
    answer: { email },
    needs: ['email'],
    typed: ['email'],
    keeps: ['email'],
    secrets: [],
    stand: stranger,
  },
  {
    path: '/verify',
    page: '/verify',
    answer: { code: '000000' },
    needs: ['code'],
    typed: ['code'],
    keeps: [],
    secrets: ['code'],
    stand: beforeProof,
  },
  {
    path: '/reset',
    page: '/reset',
    answer: { new_password: password },
    needs: ['new_password'],
    typed: ['new_password'],
    keeps: [],
    secrets: ['new_password'],
    stand: beforeReset,
  },
  {
    path: '/secure',
    page: '/secure',
    answer: {},
    needs: [],
    typed: [],
    keeps: [],
    secrets: [],
    stand: beforeSecuring,
  },
  ...recoveryForms,
  {
    path: '/invitation',
    page: '/invitation',
    answer: { given_name: givenName, family_name: familyName, password },
    needs: ['given_name', 'family_name', 'password'],
    typed: ['given_name', 'family_name', 'password'],
    keeps: ['given_name', 'family_name'],
    secrets: ['password'],
    stand: beforeJoining,
  },
  {
    path: '/start',
    page: '/start',
    answer: { name: 'Harbour', handle: 'harbour', given_name: givenName, family_name: familyName, email, password },
    needs: ['name', 'handle', 'given_name', 'family_name', 'email', 'password'],
    typed: ['name', 'handle', 'given_name', 'family_name', 'email', 'password'],
    keeps: ['name', 'handle', 'given_name', 'family_name', 'email'],
    secrets: ['password'],
    stand: beforeStarting,
  },
  {
    path: '/mfa',
    page: '/mfa',
    answer: { code: '000000' },
    needs: ['code'],
    typed: ['code'],
    keeps: [],
    secrets: ['code'],
    stand: beforeSecondStep,
  },
  consentStory,
  {
    path: '/account/profile',
    page: '/account/profile',
    answer: { version: '1', given_name: givenName, family_name: familyName },
    needs: ['version'],
    typed: ['given_name', 'family_name'],
    keeps: ['given_name', 'family_name'],
    secrets: [],
    stand: member,
  },
  {
    path: '/account/security/password',
    page: '/account/security',
    answer: { current_password: password, new_password: password },
    needs: ['current_password', 'new_password'],
    typed: ['current_password', 'new_password'],
    keeps: [],
    secrets: ['current_password', 'new_password'],
    stand: member,
  },
  {
    path: totp,
    page: '/account/security',
    answer: { intent: 'confirm', code: '000000' },
    needs: ['intent', 'code'],
    typed: ['code'],
    keeps: [],
    secrets: ['code'],
    stand: beforeFirstCode,
  },
  ...factorStories(member),
  {
    path: '/account/sessions',
    page: '/account/sessions',
    answer: { intent: 'end', target: 'ses_00000000000000000000000000' },
    needs: ['intent', 'target'],
    typed: [],
    keeps: [],
    secrets: [],
    stand: member,
  },
  {
    path: '/account/confirm',
    page: '/account/confirm',
    answer: { current_password: password },
    needs: ['current_password'],
    typed: ['current_password'],
    keeps: [],
    secrets: ['current_password'],
    stand: member,
  },
  {
    path: '/preferences',
    page: '/sign-in',
    answer: { ui_locales: 'en', color_scheme: 'dark', return_to: '/sign-up' },
    needs: [],
    typed: [],
    keeps: [],
    secrets: [],
    stand: stranger,
  },
  {
    path: '/organization/do/people.create',
    form: '/organization/do/[operation]',
    page: '/organization/people/new',
    answer: {
      email: newAddress('created'),
      given_name: givenName,
      family_name: familyName,
      kind: 'consumer',
      back: '/organization/people/new',
    },
    needs: ['email', 'given_name'],
    typed: ['email', 'given_name', 'family_name'],
    keeps: ['email', 'given_name', 'family_name'],
    secrets: [],
    stand: (address) => callerAs(ada, address),
  },
  {
    path: '/organization/people/import',
    page: '/organization/people/import',
    answer: { intent: 'look', text: 'email,given_name,family_name,kind\nnoa@alpine.example,Noa,Berg,consumer\n' },
    needs: ['text'],
    typed: [],
    keeps: [],
    secrets: [],
    stand: (address) => callerAs(ada, address),
  },
  {
    path: '/sign-out',
    page: '/sign-out',
    answer: {},
    needs: [],
    typed: [],
    keeps: [],
    secrets: [],
    stand: member,
  },
]
