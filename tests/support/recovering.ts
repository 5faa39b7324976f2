// For tests: somebody who has lost their second step, those who decide, and the mails between them.

import { systemActor } from '#core/authority'
import { hashPassword, newTotpSecret, plantTotp, setPassword, totpOf } from '#core/credentials'
import type { PersonRef } from '#core/people/contract'
import { approve, ask } from '#core/recovery'
import { withOrganization } from '#platform/database'
import { isFailure } from '#platform/failure'
import { at, type Mail, mails, password } from './engine.ts'
import { acting, member } from './staff.ts'

let hash: Promise<string> | undefined

/** Somebody with a password and an authenticator app that they do not have any more. */
export const lost = async (home: string, { memberOf }: { memberOf?: string } = {}) => {
  hash ??= hashPassword(password)
  const kept = await hash
  const person = await member({ home, kind: 'consumer', ...(memberOf ? { at: memberOf } : {}) })
  await withOrganization(home, async (tx) => {
    await setPassword(tx, systemActor, person.id, kept, 'test')
    await plantTotp(tx, systemActor, person.id, newTotpSecret())
  })
  return person
}

export const hasApp = ({ homeId, personId }: PersonRef): Promise<boolean> =>
  withOrganization(homeId, async (tx) => (await totpOf(tx, personId)) !== null)

/** The newest mail of this kind to somebody. */
export const mailTo = async (template: string, personId: string): Promise<Mail | undefined> =>
  (await mails()).find((mail) => mail.template === template && mail.to.person === personId)

/** Asked at an organization, and approved by somebody with the right to. */
export const approvedAt = async (met: string, { ref }: { ref: PersonRef }) => {
  const { request } = await ask(at(met), ref, { reason: 'My phone was stolen' })
  const decider = await acting(ref.homeId, await member({ home: ref.homeId, role: 'people-manager' }))
  return { request: await approve(ref.homeId, decider, request.id, { reason: 'Called them' }), decider }
}

/** The code with which something is refused; null when it is done. */
export const codeFor = async (act: Promise<unknown>): Promise<string | null> => {
  try {
    await act
    return null
  } catch (error) {
    if (!isFailure(error)) throw error
    return error.code
  }
}
