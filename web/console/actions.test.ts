import { describe, expect, it } from 'vitest'
import { z } from 'zod'
import { parameterNames } from '../operations/operation.ts'
import { operations } from '../operations.ts'
import { actionOf, actions } from './actions.ts'

/** What people do not do in the console, and why. */
const without: Record<string, string> = {
  'me.passkeys.name': 'somebody’s own passkeys are named in My Account, not in the console',
  'me.totp.name': 'somebody’s own app is named in My Account, not in the console',
  'me.sessions.end': 'somebody’s own sessions are ended in My Account, not in the console',
  'me.sessions.end-others': 'somebody’s own sessions are ended in My Account, not in the console',
  'me.trusted-devices.forget': 'somebody’s own browsers are forgotten in My Account, not in the console',
  'flows.check': 'a draft may be kept before it is right, and what is found in it stands on its page',
  'organizations.create-in-bulk': 'a file of businesses comes from the CRM or ERP that keeps it',
}

const changing = operations.filter(({ method }) => method !== 'get')

describe('the forms of the console', () => {
  it('do whatever programs can do', () => {
    const known = new Set(actions.map(({ operation }) => operation))
    const missing = changing.filter(({ id }) => !known.has(id) && !Object.hasOwn(without, id)).map(({ id }) => id)
    expect(missing).toEqual([])
  })

  it('do nothing else, and are excused only where they are missing', () => {
    const ids = new Set(changing.map(({ id }) => id))
    expect(actions.filter(({ operation }) => !ids.has(operation))).toEqual([])
    expect(Object.keys(without).filter((id) => !ids.has(id) || actionOf(id))).toEqual([])
  })

  it('each have a name of their own', () => {
    const names = actions.map(({ name, operation }) => name ?? operation)
    expect(names.filter((name, index) => names.indexOf(name) !== index)).toEqual([])
  })

  it.each(changing.map((operation) => [operation.id, operation] as const))(
    '%s: no field of the path is mistaken for one of the body, nor for the form’s own',
    (_, { path, body, query }) => {
      const fields = body instanceof z.ZodObject ? Object.keys(body.shape) : []
      const asked = Object.keys(query.shape)
      const named = parameterNames(path)
      expect(named.filter((name) => fields.includes(name) || asked.includes(name))).toEqual([])
      expect([...fields, ...asked].filter((name) => ['back', 'next', 'version', 'id'].includes(name))).toEqual([])
    },
  )
})
