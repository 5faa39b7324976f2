// What is asked of somebody who has proven who they are: an organization that asks for something, and somebody in front of it.

import { newPlatform, publishFlow } from './api.ts'
import { Caller, newMember } from './caller.ts'
import type { FormStory } from './forms.ts'
import type { Address } from './world.ts'

/** After a password a passkey is offered, and may be declined. */
export const offeringPasskeys = {
  label: 'Password, then the offer of a passkey',
  start: 'password',
  nodes: {
    password: { step: 'password', settings: { withIdentifier: true }, next: 'offer' },
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
