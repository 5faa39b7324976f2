// People of the sample world who look after an organization, in front of its console.

import { Caller } from './caller.ts'
import type { Meets } from './stories.ts'
import type { Visitor, Wish } from './visitor.ts'
import { type Address, addressIn, notes, origin } from './world.ts'

/** Somebody of the sample world, signed in at an address. */
export const signedInAs = async (visit: Meets, email: string, address: Address, wish?: Wish): Promise<Visitor> => {
  const visitor = await visit(address, wish)
  visitor.who = { ...visitor.who, email, password: notes().password }
  await visitor.signIn()
  await visitor.seesScreen('account')
  return visitor
}

/** The same without a browser. */
export const callerAs = async (email: string, address: Address): Promise<Caller> => {
  const caller = new Caller(address)
  await caller.signIn(email, notes().password)
  return caller
}

let made = 0
/** A handle that nobody has taken. */
export const newHandle = (): string => {
  made += 1
  return `made-${process.pid.toString(36)}-${Date.now().toString(36)}-${made}`.slice(0, 38)
}

/** An organization that a story has made, met by its path. */
export const pathAddress = (handle: string): Address => ({
  handle,
  form: 'path',
  url: `${origin()}/o/${handle}`,
  origin: origin(),
  base: `/o/${handle}`,
})

export const rita = 'rita@skyway.example'
export const ada = 'ada@alpine.example'
/** May look after people, and nothing else. */
export const eve = 'eve@alpine.example'
/** A member who looks after nothing. */
export const ben = 'ben@alpine.example'
export const skyway = (): Address => addressIn('skyway')
export const alpine = (): Address => addressIn('alpine', 'path')
