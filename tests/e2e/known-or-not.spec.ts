// Nobody learns from an answer whether an address has an account: known and unknown get the same status, the same headers,
// the same bytes and the same cookies, step by step.

import { expect, test } from '@playwright/test'
import { Caller, type Fields, newMember } from './support/caller.ts'
import { newAddress, newPassword } from './support/newcomers.ts'
import type { Reply } from './support/raw.ts'
import { type Address, addressIn, demoPerson } from './support/world.ts'

/** What has to differ: secrets, the time of day, and the address that was typed (of the same length in both). */
const withoutChance = (text: string, email: string): string =>
  text
    .replaceAll(email, '<address>')
    .replaceAll(encodeURIComponent(email), '<address>')
    .replaceAll(/\d{4}-\d\d-\d\dT[\d:.]+Z/g, '<instant>')

const seen = ({ status, rawHeaders, body }: Reply, email: string) => {
  const headers = rawHeaders.flatMap((name, index) => (index % 2 === 0 ? [[name, rawHeaders[index + 1] ?? '']] : []))
  return {
    status,
    body: withoutChance(body, email),
    headers: headers.map(([name = '', value = '']) => {
      if (name.toLowerCase() === 'date') return [name, '']
      if (name.toLowerCase() === 'etag') return [name, '']
      // Random by design; its length is not.
      if (name.toLowerCase() === 'set-cookie') {
        const secret = value.replace(/=([^;]*)/, (_, random: string) => `=${random.length}`)
        return [name, secret.replace(/Expires=[^;]*/, 'Expires=<instant>')]
      }
      return [name, value]
    }),
  }
}

type Step = { path: string; fields: (email: string) => Fields }

/** Everything that somebody gets to see who sends these answers: the answers to the forms and the pages after them. */
const walk = async (address: Address, email: string, steps: Step[]) => {
  const caller = new Caller(address)
  const all: unknown[] = []
  for (const { path, fields } of steps) {
    const answered = await caller.answer(path, fields(email))
    all.push(seen(answered, email))
    const next = String(answered.headers.location).slice(address.base.length)
    all.push(seen(await caller.see(next), email))
    all.push(seen(await caller.see(next), email))
  }
  all.push([...caller.jar].map(([name, value]) => [name, value.length]))
  return all
}

const journeys: Record<string, Step[]> = {
  'signing in with a wrong password': [
    { path: '/sign-in', fields: (username) => ({ username, password: 'not the password' }) },
    { path: '/sign-in', fields: (username) => ({ username, password: 'nor is this' }) },
  ],
  'asking for a recovery, and a wrong code': [
    { path: '/recover', fields: (email) => ({ email }) },
    { path: '/recover', fields: () => ({ code: '000000' }) },
    { path: '/recover', fields: () => ({ intent: 'resend' }) },
  ],
  'signing up, and a wrong code': [
    {
      path: '/sign-up',
      fields: (email) => ({ email, given_name: 'Inês', family_name: 'Okonkwo', password: newPassword() }),
    },
    { path: '/verify', fields: () => ({ code: '000000' }) },
    { path: '/verify', fields: () => ({ intent: 'resend' }) },
  ],
}

for (const [words, steps] of Object.entries(journeys)) {
  for (const handle of ['alpine', 'pacifica', 'sahel']) {
    test(`${words} at ${handle} tells nobody whether the address is known`, async () => {
      const address = addressIn(handle, 'name')
      const { email: known } = await newMember(address)
      const unknown = newAddress('member')
      expect(unknown.length).toBe(known.length)
      expect(await walk(address, known, steps)).toEqual(await walk(address, unknown, steps))
    })
  }
}

test('somebody suspended is as good as unknown, also with the right password', async () => {
  const address = addressIn('alpine', 'name')
  const { email, password } = demoPerson('sam@alpine.example')
  const right: Step[] = [{ path: '/sign-in', fields: (username) => ({ username, password }) }]
  const recovery = journeys['asking for a recovery, and a wrong code'] ?? []
  const nobody = 'sia@alpine.example'
  expect(await walk(address, email, right)).toEqual(await walk(address, nobody, right))
  expect(await walk(address, email, recovery)).toEqual(await walk(address, nobody, recovery))
})

test('a member of another organization is as good as unknown, also with the right password', async () => {
  const { email, password } = await newMember(addressIn('pacifica-lisbon', 'name'))
  const steps: Step[] = [{ path: '/sign-in', fields: (username) => ({ username, password }) }]
  const address = addressIn('alpine', 'name')
  expect(await walk(address, email, steps)).toEqual(await walk(address, newAddress('member'), steps))
})
