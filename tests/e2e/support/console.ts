// Administrators in the console: what they do there, and what it takes them.

import { Caller } from './caller.ts'
import { newAddress } from './newcomers.ts'
import type { Reply } from './raw.ts'
import type { Meets } from './stories.ts'
import type { Visitor, Wish } from './visitor.ts'
import { type Address, demoPerson } from './world.ts'

/** Somebody of the sample world, signed in. */
export const signedInAs = async (visit: Meets, address: Address, email: string, wish: Wish = {}): Promise<Visitor> => {
  const visitor = await visit(address, wish)
  visitor.who = { ...visitor.who, email, password: demoPerson(email).password }
  await visitor.signIn()
  await visitor.seesScreen('account')
  return visitor
}

export const callingAs = async (address: Address, email: string): Promise<Caller> => {
  const caller = new Caller(address)
  await caller.signIn(email, demoPerson(email).password)
  return caller
}

/** Creates somebody by hand; their page is open afterwards. */
export const createPerson = async (ada: Visitor, familyName = 'Testmann', email = newAddress('made')) => {
  await ada.open('/organization/people/new')
  await ada.type('person-new.given-name', 'Noa')
  await ada.type('person-new.family-name', familyName)
  await ada.type('person-new.email', email)
  await ada.press('person-new.submit')
  await ada.seesScreen('person')
  const id = /people\/(per_[a-z0-9]+)/.exec(ada.page.url())?.[1] ?? ''
  return { id, email, path: `/organization/people/${id}` }
}

export const formOf = (operation: string): string => `/organization/do/${operation}`

/** A form that sends a file, as a browser writes it. */
export const sendFile = (
  caller: Caller,
  path: string,
  {
    content,
    name = 'people.csv',
    fields = {},
  }: { content: string | Buffer; name?: string; fields?: Record<string, string> },
): Promise<Reply> => {
  const boundary = '----people'
  const parts = Object.entries(fields).map(
    ([field, value]) => `--${boundary}\r\ncontent-disposition: form-data; name="${field}"\r\n\r\n${value}\r\n`,
  )
  const head = `--${boundary}\r\ncontent-disposition: form-data; name="file"; filename="${name}"\r\ncontent-type: text/csv\r\n\r\n`
  return caller.send(path, {
    method: 'POST',
    headers: {
      'content-type': `multipart/form-data; boundary=${boundary}`,
      origin: caller.address.origin,
      'sec-fetch-site': 'same-origin',
    },
    body: Buffer.concat([
      Buffer.from(parts.join('') + head),
      Buffer.from(content),
      Buffer.from(`\r\n--${boundary}--\r\n`),
    ]),
  })
}

/** Where an answer leads, below the address. */
export const leadsTo = (caller: Caller, { status, headers }: Reply): string => {
  if (status !== 303) throw new Error(`answered ${status}`)
  const next = new URL(headers.location ?? '', caller.address.origin)
  return (next.pathname + next.search + next.hash).slice(caller.address.base.length)
}

/** How many things somebody does: one for each press, each field, each file. */
export const counting = (visitor: Visitor) => {
  let steps = 0
  const counted =
    <Args extends unknown[]>(act: (...args: Args) => Promise<unknown>) =>
    async (...args: Args): Promise<void> => {
      steps += 1
      await act(...args)
    }
  return {
    press: counted(visitor.press),
    type: counted(visitor.type),
    choose: counted((part: string, name: string, content: string) =>
      visitor.part(part).setInputFiles({ name, mimeType: 'text/csv', buffer: Buffer.from(content) }),
    ),
    steps: () => steps,
  }
}
