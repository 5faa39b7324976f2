// Somebody who has lost their second step, while every statement is watched: asked for, decided, stopped, completed, forgotten.

import { systemActor as by } from '#core/authority'
import {
  approve as approveRecovery,
  ask as askForRecovery,
  cancel as cancelRecovery,
  confirm as confirmRecovery,
  list as listRecoveries,
  look as lookAtRecovery,
  sendDue,
  waiting as waitingRecoveries,
} from '#core/recovery'
import { days, setClockForTests } from '#platform/clock'
import { at, password, person } from '#support/engine'
import { mailTo } from '#support/recovering'
import type { Tree } from '#support/rest'
import type { Asking } from './scenario.ts'

/** Somebody who has lost their second step, and somebody who says that it was not them. The first is removed at last. */
export const getBackIn = async ({ own }: Tree, ask: Asking): Promise<void> => {
  const ctx = at(own)
  const ines = await person({ email: 'ines@own.example', home: own, totp: true })
  const max = await person({ email: 'max@own.example', home: own, totp: true })
  const asked = []
  for (const { id } of [ines, max]) {
    const { request } = await askForRecovery(ctx, { homeId: own, personId: id }, { reason: 'Lost it' })
    asked.push({ id: request.id, link: (await mailTo('recovery-requested', id))?.ticket ?? null })
  }
  await askForRecovery(ctx, { homeId: own, personId: ines.id }, { reason: 'Twice' })
  const [first, second] = asked
  await lookAtRecovery(own, by, first?.id ?? '')
  for (const query of [{ status: 'waiting' as const, limit: 1 }, {}]) {
    const { next } = await listRecoveries(own, by, query)
    await listRecoveries(own, by, { ...query, after: next })
  }
  await waitingRecoveries(own, by)
  await approveRecovery(own, by, first?.id ?? '', { reason: 'Known' })
  await cancelRecovery(ctx, second?.link ?? null)
  setClockForTests(days(2))
  await sendDue()
  await confirmRecovery(ctx, (await mailTo('recovery-ready', ines.id))?.ticket ?? null, { password })
  setClockForTests(0)
  await askForRecovery(ctx, { homeId: own, personId: ines.id }, { reason: 'Lost it again' })
  await ask('DELETE', `/organizations/${own}/people/${ines.id}`)
  // Nobody decides about this one.
  await askForRecovery(ctx, { homeId: own, personId: max.id }, { reason: 'Lost it after all' })
}
