// What is asked of somebody who has proven who they are: an organization that asks for something, and somebody in front of it.

import { newPlatform, publishFlow } from './api.ts'
import { Caller, newMember } from './caller.ts'
import type { FormStory } from './form-story.ts'
import { codeIn, newestMail } from './mail.ts'
import type { Address } from './world.ts'

/** A passkey is offered before somebody is in, and may be declined. */
export const offeringPasskeys = {
  label: 'Password, and the offer of a passkey',
  start: 'password',
  nodes: {
    password: { step: 'password', settings: { withIdentifier: true }, next: 'second' },
    // Nothing about an account changes before whatever second proof there is: of whoever has set none up, a code by email.
    second: {
      step: 'second-step',
      settings: { methods: ['passkey', 'totp', 'sms-code', 'email-code'] },
      next: 'offer',
    },
    offer: { step: 'offer-passkey', next: 'end' },
  },
}

let platform: Promise<Address> | undefined

const offering = async (): Promise<Address> => {
  const address = await newPlatform('closed', 'name')
  await publishFlow(address.handle, offeringPasskeys)
  return address
}

/** With a password proven, and something asked for before they are in. */
const beforeTheOffer = async (): Promise<Caller> => {
  platform ??= offering()
  const address = await platform
  const { email, password } = await newMember(address)
  const caller = new Caller(address)
  await caller.answer('/sign-in', { username: email, password })
  await caller.answer('/mfa', { code: codeIn(await newestMail(email, 'sign-in-code')) })
  return caller
}

export const consentStory: FormStory = {
  path: '/consent',
  page: '/consent',
  answer: { credential: '{}', challenge: 'none' },
  needs: ['credential', 'challenge'],
  typed: [],
  keeps: [],
  secrets: [],
  stand: beforeTheOffer,
}
