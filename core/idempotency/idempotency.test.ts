import { describe, expect, it } from 'vitest'
import { days, minutes, setClockForTests } from '#platform/clock'
import { type Tx, withOrganization, withPlatform } from '#platform/database'
import { hashSecret } from '#platform/secrets'
import { freshDatabase } from '#support/database'
import type { Hold } from './contract.ts'
import { begin, keep, release, tidy } from './index.ts'

freshDatabase()
let count = 0
const newKey = () => {
  count += 1
  return { organizationId: 'org_a', actorId: 'sva_a', key: `key ${count}` }
}
const asked = hashSecret('POST /organizations {}')
const begun = async (key: ReturnType<typeof newKey>, fingerprint = asked): Promise<Hold> => {
  const beginning = await begin(key, fingerprint)
  if (beginning.kind !== 'begun') throw new Error(`the request was ${beginning.kind}`)
  return beginning.hold
}
const finish = (hold: Hold, answer = 'done') => withOrganization('org_b', (tx) => keep(tx, hold, answer))

describe('a request that is sent twice', () => {
  it('is answered as the first time, whichever organization the change was in', async () => {
    const key = newKey()
    await finish(await begun(key), '{"token":"livery_secret"}')
    expect(await begin(key, asked)).toEqual({ kind: 'answered', answer: '{"token":"livery_secret"}' })
    type Keys = { idempotency_keys: { answer: Buffer; key: Buffer } }
    const rows = await withPlatform((tx) =>
      tx.sql.withTables<Keys>().selectFrom('idempotency_keys').selectAll().execute(),
    )
    for (const { answer } of rows) expect(answer.toString('latin1')).not.toContain('livery_secret')
  })

  it('waits while the first is under way, and is refused when it asks for something else', async () => {
    const key = newKey()
    const hold = await begun(key)
    await expect(begin(key, asked)).rejects.toThrow('idempotency.under_way')
    await expect(begin(key, hashSecret('other'))).rejects.toThrow('idempotency.mismatch')
    await finish(hold)
    await expect(begin(key, hashSecret('other'))).rejects.toThrow('idempotency.mismatch')
  })

  it('is another request under the key of somebody else', async () => {
    const key = newKey()
    await finish(await begun(key))
    await begun({ ...key, actorId: 'sva_b' })
    await begun({ ...key, organizationId: 'org_c' })
  })

  it('may be repeated after a refusal, also with something else', async () => {
    const key = newKey()
    await release(await begun(key))
    await begun(key, hashSecret('corrected'))
  })

  it('of fifty at the same moment one is begun', async () => {
    const key = newKey()
    const results = await Promise.allSettled(Array.from({ length: 50 }, () => begin(key, asked)))
    expect(results.filter(({ status }) => status === 'fulfilled')).toHaveLength(1)
    for (const result of results) {
      if (result.status === 'rejected') expect(result.reason.code).toBe('idempotency.under_way')
    }
  })

  it('is forgotten after a day', async () => {
    const key = newKey()
    await finish(await begun(key))
    setClockForTests(days(1) - minutes(1))
    await tidy()
    expect(await begin(key, asked)).toMatchObject({ kind: 'answered' })
    setClockForTests(days(1) + minutes(1))
    await begun(key, hashSecret('something new'))
    setClockForTests(0)
  })
})

describe('a request that died', () => {
  it('is begun anew after a minute, and has no effect if it lives after all', async () => {
    const key = newKey()
    const dead = await begun(key)
    setClockForTests(minutes(2))
    const heir = await begun(key)
    const effect = async (tx: Tx) => {
      await keep(tx, dead, 'too late')
      return 'effect'
    }
    await expect(withOrganization('org_b', effect)).rejects.toThrow('idempotency.lost')
    await release(dead)
    await finish(heir, 'mine')
    expect(await begin(key, asked)).toEqual({ kind: 'answered', answer: 'mine' })
    setClockForTests(0)
  })
})
